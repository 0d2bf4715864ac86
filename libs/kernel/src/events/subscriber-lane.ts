import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import type { LimitFunction } from 'p-limit';
import type { Clock } from '../clock/clock.js';
import { runInContext, systemContext } from '../context/request-context.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { DeadLettersRepository } from './dead-letters.repository.js';
import type { RecordedEvent } from './domain-event.js';
import type { EventsRepository } from './events.repository.js';
import type { Subscriber } from './subscriber-registry.js';
import { SubscriberMovedError } from './subscriber-moved-error.js';
import type { LaneMove, SubscriptionsRepository } from './subscriptions.repository.js';

/** Pauses before the second to the fifth attempt of a failing handler, in milliseconds. */
export const RETRY_PAUSES_MS: readonly number[] = [50, 250, 1_000, 3_000];
/** Maximum number of events in memory. Further ones are read from the log again later. */
export const MAX_QUEUED_EVENTS = 500;
/** Maximum number of events in one transaction. */
const MAX_BATCH = 500;
/** Maximum number of events in one call of a handler that takes several. */
const MAX_HANDLER_EVENTS = 100;
/** Number of following events that a handler of one event is shown. */
const MAX_UPCOMING = 15;
/** A batch commits after this time, so that rows it has locked do not block requests for long. */
const MAX_TRANSACTION_MS = 50;
const READ_SIZE = 500;
/** A lane that is busy with events without effects saves its position this often. */
const SAVE_INTERVAL_MS = 1_000;

/** Dependencies of lanes. */
export interface LaneDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly log: EventsRepository;
  readonly subscriptions: SubscriptionsRepository;
  readonly deadLetters: DeadLettersRepository;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly retryPausesMs: readonly number[];
  /** Limits the number of lanes of the process that hold a transaction at the same time. */
  readonly limitTransactions: LimitFunction;
}

/** The subscriber that a lane is a part of. */
export interface LaneOwner {
  /** Position up to which the subscriber's events were pushed to its lanes. */
  readonly cursor: number;
  laneOf(event: RecordedEvent): number;
  /** Called after each transaction. */
  onProgress(): void;
  /** Reads the position of a lane from the database; a subscriber that was deleted there starts over. */
  readPosition(lane: number): Promise<number>;
}

/**
 * Delivers the events of one lane of a subscriber in log order. Several events share a transaction with the new
 * position of the lane, so their effects in the database happen exactly once. Events without effects need no
 * transaction. If a handler fails, the transaction is
 * repeated without that event; the event is then retried alone and finally moved to the dead letters.
 *
 * A lane holds no lock. If two processes run the same lane, the compare-and-set of its position lets only one commit.
 */
export class SubscriberLane {
  private readonly queue: RecordedEvent[] = [];
  /** Position in the database. */
  private savedPosition: number;
  private savedAt = performance.now();
  /** Position after which events are missing from the queue; null if it is complete. */
  private refillFrom: number | null = null;
  private running: Promise<void> | null = null;
  private saving: Promise<unknown> = Promise.resolve();
  private broken = false;
  private readonly stopping = new AbortController();

  constructor(
    private readonly subscriber: Subscriber,
    private readonly lane: number,
    private position: number,
    private readonly dependencies: LaneDependencies,
    private readonly owner: LaneOwner,
  ) {
    this.savedPosition = position;
  }

  /** Number of events in memory. */
  get queued(): number {
    return this.queue.length;
  }

  /** Position up to which the lane has handled its events. */
  get reached(): number {
    const idle = this.running === null && this.queue.length === 0 && this.refillFrom === null && !this.broken;
    return idle ? Math.max(this.position, this.owner.cursor) : this.position;
  }

  /** Adds the next event of the lane, in log order. */
  push(event: RecordedEvent): void {
    if (event.position <= this.position || this.refillFrom !== null) return;
    if (this.queue.length < MAX_QUEUED_EVENTS) this.queue.push(event);
    else this.refillFrom = this.queue.at(-1)!.position;
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Makes the lane continue from its position in the database. */
  markStale(): void {
    this.broken = true;
  }

  /** Starts delivering unless it is already running or there is nothing to deliver. */
  wake(): void {
    if (this.stopped || this.running !== null) return;
    if (this.queue.length === 0 && this.refillFrom === null && !this.broken) return;
    this.running = runInContext(systemContext('events.relay'), () => this.drain())
      .catch((error: Error) => this.fail(error))
      .finally(() => {
        this.running = null;
        if (!this.broken) this.wake();
      });
  }

  /** Stops after the transaction in progress and resolves then. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /**
   * The position to save if the lane has skipped events of others, or null. The next transaction waits until it is
   * saved.
   */
  pendingMove(): LaneMove | null {
    const to = this.reached;
    return to > this.savedPosition && this.running === null
      ? { id: this.subscriber.id, lane: this.lane, from: this.savedPosition, to }
      : null;
  }

  /** Applies the result of saving a {@link pendingMove}. */
  trackSave(move: LaneMove, saved: Promise<boolean>): void {
    this.saving = saved.then(
      (moved) => {
        if (moved) this.markSaved((this.position = move.to));
        else this.broken = true;
      },
      () => undefined,
    );
  }

  private async drain(): Promise<void> {
    await this.saving;
    if (this.broken) await this.reload();
    while (!this.stopped) {
      if (this.queue.length === 0) await this.refill();
      if (this.queue.length === 0) return;
      this.queue.splice(0, await this.deliver(this.queue.slice(0, MAX_BATCH)));
      this.owner.onProgress();
    }
  }

  /** Continues from the position in the database, as after the loss of a connection. */
  private async reload(): Promise<void> {
    this.position = this.savedPosition = await this.owner.readPosition(this.lane);
    this.queue.length = 0;
    this.refillFrom = this.position;
    this.broken = false;
  }

  /**
   * Reads the events that did not fit into the queue, until the queue is half full or the log is read up to the cursor.
   */
  private async refill(): Promise<void> {
    while (this.refillFrom !== null && this.queue.length < MAX_QUEUED_EVENTS / 2 && !this.stopped) {
      const upTo = this.owner.cursor;
      const { types } = this.subscriber;
      const events = await this.dependencies.log.listBetween(this.refillFrom, upTo, types, READ_SIZE);
      this.queue.push(...events.filter((event) => this.owner.laneOf(event) === this.lane));
      this.refillFrom = events.length < READ_SIZE ? upTo : events.at(-1)!.position;
      // Events pushed during the read are in the log beyond `upTo`.
      if (this.refillFrom === this.owner.cursor) this.refillFrom = null;
    }
  }

  private fail(error: Error): void {
    if (this.stopped) return;
    this.broken = true;
    this.dependencies.logger.warn(`${this.subscriber.id}, lane ${this.lane}: ${error.message}`);
  }

  /** Handles as many of the events as fit into one transaction and returns their number. */
  private async deliver(batch: readonly RecordedEvent[]): Promise<number> {
    for (let size = batch.length; ;) {
      let index = 0;
      try {
        return await this.handleInTransaction(batch.slice(0, size), (current) => (index = current));
      } catch (error) {
        if (error instanceof SubscriberMovedError) throw error;
        const isAlone = size === 1 || (index === 0 && this.subscriber.handleBatch === null);
        if (isAlone) return this.deliverAlone(batch[0]!, error);
        // A handler of several events does not report which of them failed.
        size = index > 0 ? index : Math.ceil(size / 2);
      }
    }
  }

  private async handleInTransaction(
    batch: readonly RecordedEvent[],
    onStart?: (index: number) => void,
  ): Promise<number> {
    const { unitOfWork, limitTransactions } = this.dependencies;
    const { handled, to, isSaved } = await limitTransactions(() =>
      runInContext(systemContext(`subscriber:${this.subscriber.id}`), () =>
        unitOfWork.run(async () => {
          const deadline = performance.now() + MAX_TRANSACTION_MS;
          let handled = 0;
          do {
            onStart?.(handled);
            handled += await this.handleNext(batch, handled);
          } while (handled < batch.length && performance.now() < deadline && !this.stopped);
          const to = batch[handled - 1]!.position;
          // Without effects there is nothing to commit. The relay saves the positions of idle lanes.
          const isSaved = unitOfWork.hasEffects() || performance.now() - this.savedAt > SAVE_INTERVAL_MS;
          if (isSaved) this.advance(to);
          return { handled, to, isSaved };
        }),
      ),
    );
    this.position = to;
    if (isSaved) this.markSaved(to);
    return handled;
  }

  private markSaved(position: number): void {
    this.savedPosition = position;
    this.savedAt = performance.now();
  }

  /** Moves the lane with the commit of the current transaction, which fails if another process moved the lane. */
  private advance(to: number): void {
    const { unitOfWork, subscriptions } = this.dependencies;
    const move = { id: this.subscriber.id, lane: this.lane, from: this.savedPosition, to };
    unitOfWork.sendWithCommit(() => subscriptions.advance(move));
  }

  /** Handles the event at `index`, with those behind it if the handler takes several. Returns their number. */
  private async handleNext(batch: readonly RecordedEvent[], index: number): Promise<number> {
    const event = batch[index]!;
    const { id, correlationId, depth, workspaceId } = event;
    const { handle, handleBatch } = this.subscriber;
    if (handleBatch === null) {
      const cause = { eventId: id, correlationId, depth };
      const upcoming = batch.slice(index + 1, index + 1 + MAX_UPCOMING);
      await runInContext(systemContext(correlationId, cause, workspaceId), () => handle(event, upcoming));
      return 1;
    }
    const next = batch.findIndex((other, position) => position > index && other.workspaceId !== workspaceId);
    const end = Math.min(next < 0 ? batch.length : next, index + MAX_HANDLER_EVENTS);
    const events = batch.slice(index, end);
    await runInContext(systemContext(correlationId, null, workspaceId), () => handleBatch(events));
    return events.length;
  }

  /** Retries one event until it succeeds or its attempts are used up. Returns the number of events that are done. */
  private async deliverAlone(event: RecordedEvent, firstError: unknown): Promise<number> {
    let error = firstError;
    for (const pause of this.dependencies.retryPausesMs) {
      await sleep(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopped) return 0;
      try {
        return await this.handleInTransaction([event]);
      } catch (failure) {
        if (failure instanceof SubscriberMovedError) throw failure;
        error = failure;
      }
    }
    await this.moveToDeadLetters(event, error);
    return 1;
  }

  private async moveToDeadLetters(event: RecordedEvent, error: unknown): Promise<void> {
    const { unitOfWork, deadLetters, clock, logger, retryPausesMs } = this.dependencies;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await runInContext(systemContext(event.correlationId), () =>
      unitOfWork.run(async () => {
        await deadLetters.park({
          workspaceId: event.workspaceId,
          kind: 'event',
          consumer: this.subscriber.id,
          eventPosition: event.position,
          payload: { event_id: event.id, type: event.type },
          error: text,
          attempts: retryPausesMs.length + 1,
          parkedAt: clock.now().toISOString(),
        });
        this.advance(event.position);
      }),
    );
    logger.error(`${this.subscriber.id} moved ${event.type} ${event.id} to the dead letters: ${text}`);
    this.position = this.savedPosition = event.position;
  }
}
