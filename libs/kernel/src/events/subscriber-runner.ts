import type { RecordedEvent } from './domain-event.js';
import { laneOfEvent } from './event-lanes.js';
import { MAX_QUEUED_EVENTS, SubscriberLane, type LaneDependencies, type LaneOwner } from './subscriber-lane.js';
import type { Subscriber } from './subscriber-registry.js';
import type { LaneMove } from './subscriptions.repository.js';

const READ_SIZE = 500;
/** While it catches up, a subscriber reads ahead of its lanes by at most this number of events. */
const MAX_READ_AHEAD = 4 * MAX_QUEUED_EVENTS;

/** A position to save, with the lane that it belongs to. */
export interface PendingMove {
  readonly lane: SubscriberLane;
  readonly move: LaneMove;
}

/** Distributes one subscriber's events to its lanes. */
export class SubscriberRunner implements LaneOwner {
  private readonly lanes: readonly SubscriberLane[];
  private catchingUp: Promise<void> | null = null;
  private stopped = false;
  private resumeReading: () => void = () => undefined;
  /** Position up to which the events were pushed to the lanes. */
  private readTo: number;

  private constructor(
    readonly subscriber: Subscriber,
    positions: readonly number[],
    private readonly dependencies: LaneDependencies,
  ) {
    this.readTo = Math.min(...positions);
    this.lanes = positions.map((position, lane) => new SubscriberLane(subscriber, lane, position, dependencies, this));
  }

  /** Registers the subscriber if it is new and continues at its stored positions. */
  static async start(subscriber: Subscriber, dependencies: LaneDependencies): Promise<SubscriberRunner> {
    await register(subscriber, dependencies);
    const positions = await dependencies.subscriptions.getPositions(subscriber.id);
    return new SubscriberRunner(subscriber, positions, dependencies);
  }

  get cursor(): number {
    return this.readTo;
  }

  laneOf(event: RecordedEvent): number {
    return laneOfEvent(event, this.subscriber.partition);
  }

  onProgress(): void {
    this.resumeReading();
  }

  async readPosition(lane: number): Promise<number> {
    if (await register(this.subscriber, this.dependencies)) {
      for (const other of this.lanes) other.markStale();
    }
    return (await this.dependencies.subscriptions.getPositions(this.subscriber.id))[lane]!;
  }

  /** True if every event up to `position` was pushed to the lanes. */
  isAt(position: number): boolean {
    return this.cursor === position;
  }

  /** Pushes the events that follow the cursor. `upTo` is the position up to which they are complete. */
  dispatch(events: readonly RecordedEvent[], upTo: number): void {
    if (this.stopped) return;
    const { types } = this.subscriber;
    for (const event of events) {
      if (types === null || types.includes(event.type)) this.lanes[this.laneOf(event)]!.push(event);
    }
    this.readTo = upTo;
    this.wake();
  }

  /** Starts lanes that have something to do. */
  wake(): void {
    for (const lane of this.lanes) lane.wake();
  }

  /** Reads the log on its own until it has reached `target`, which may move. */
  catchUp(target: () => number, onError: (error: Error) => void): void {
    this.catchingUp ??= this.readUpTo(target)
      .catch(onError)
      .finally(() => (this.catchingUp = null));
  }

  /** Positions that lanes have reached by skipping events of others. */
  pendingMoves(): PendingMove[] {
    return this.lanes.flatMap((lane) => {
      const move = lane.pendingMove();
      return move === null ? [] : [{ lane, move }];
    });
  }

  /** Resolves when no handler is running. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.onProgress();
    await Promise.all(this.lanes.map((lane) => lane.stop()));
  }

  private async readUpTo(target: () => number): Promise<void> {
    while (this.cursor < target() && !this.stopped) {
      const upTo = target();
      const events = await this.dependencies.log.listBetween(this.cursor, upTo, this.subscriber.types, READ_SIZE);
      this.dispatch(events, events.length < READ_SIZE ? upTo : events.at(-1)!.position);
      while (this.queued() > MAX_READ_AHEAD && !this.stopped) {
        await new Promise<void>((resolve) => (this.resumeReading = resolve));
      }
    }
  }

  private queued(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.queued, 0);
  }
}

/** Adds the lanes of a subscriber that are missing in the database. Returns true if any was missing. */
async function register({ id, from }: Subscriber, { subscriptions, log }: LaneDependencies): Promise<boolean> {
  return subscriptions.register(id, from === 'start' ? 0 : await log.horizon());
}
