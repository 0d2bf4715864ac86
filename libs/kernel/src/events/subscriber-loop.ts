import type { Logger } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import type { Clock } from '../clock/clock.js';
import type { UnitOfWork } from '../database/unit-of-work.js';
import type { DeadLettersRepository } from './dead-letters.repository.js';
import type { RecordedEvent } from './domain-event.js';
import type { Events } from './events.js';
import type { EventsRepository } from './events.repository.js';
import type { Subscriber } from './subscriber-registry.js';
import type { SubscriptionsRepository } from './subscriptions.repository.js';

/** Pauses before the second to the fifth try of a failing handler, in milliseconds. */
export const RETRY_PAUSES_MS: readonly number[] = [50, 250, 1_000, 3_000];
const BATCH = 200;
const LONGEST_UNSAVED_SKIP = 5_000;

/** What a loop works with. */
export interface LoopTools {
  readonly unitOfWork: UnitOfWork;
  readonly events: Events;
  readonly log: EventsRepository;
  readonly subscriptions: SubscriptionsRepository;
  readonly deadLetters: DeadLettersRepository;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly retryPausesMs: readonly number[];
}

/** Somebody else moved the subscriber: this process has lost it and must look again. */
class OvertakenError extends Error {}

/**
 * Carries one subscriber along the log. Holds no lock itself: the caller sees to it that one process holds a
 * subscriber, and should two ever do so, the compare-and-set of the position lets only one take effect.
 */
export class SubscriberLoop {
  private position = -1;
  private saved = -1;
  private saveDue = false;

  constructor(
    readonly subscriber: Subscriber,
    private readonly tools: LoopTools,
  ) {}

  /** Takes up the subscriber where it stands in the log; a new one is entered. */
  async takeUp(): Promise<void> {
    const { id, from } = this.subscriber;
    await this.tools.subscriptions.enrol(id, from === 'start' ? 0 : await this.tools.log.horizon());
    this.position = this.saved = await this.tools.subscriptions.getPosition(id);
  }

  /**
   * Handles everything that the log holds for the subscriber by now. `stopped` is asked between events. Gives whether
   * transactions in progress hold the end of the log back, so that it is worth looking again soon.
   */
  async catchUp(stopped: () => boolean): Promise<boolean> {
    while (!stopped()) {
      const { horizon, heldBack } = await this.tools.log.reach();
      const batch =
        horizon > this.position
          ? await this.tools.log.listBetween(this.position, horizon, this.subscriber.types, BATCH)
          : [];
      await this.deliver(batch, stopped);
      if (stopped()) return false;
      if (batch.length < BATCH) {
        await this.skipTo(horizon);
        return heldBack;
      }
    }
    return false;
  }

  /** Has the next {@link catchUp} keep the place that it reaches, so that a subscriber without events shows no lag. */
  saveSoon(): void {
    this.saveDue = true;
  }

  /** Keeps the place reached by skipping over foreign events; called when the loop is given up. */
  async save(): Promise<void> {
    this.saveDue = false;
    if (
      this.position > this.saved &&
      (await this.tools.subscriptions.advance(this.subscriber.id, this.saved, this.position))
    ) {
      this.saved = this.position;
    }
  }

  private async skipTo(position: number): Promise<void> {
    this.position = Math.max(this.position, position);
    if (this.saveDue || this.position - this.saved > LONGEST_UNSAVED_SKIP) await this.save();
  }

  private async deliver(batch: readonly RecordedEvent[], stopped: () => boolean): Promise<void> {
    let next = 0;
    while (next < batch.length && !stopped()) {
      try {
        next = await this.deliverFrom(batch, next);
      } catch (error) {
        if (error instanceof OvertakenError) throw error;
        await this.deliverStubborn(batch[next]!, error, stopped);
        next = batch.findIndex((event) => event.position > this.position);
        if (next === -1) return;
      }
    }
  }

  /**
   * Handles events from `first` on in one transaction, which ends after the first event that caused others: what
   * has effects is not held back by what follows. Gives the index to go on from. On failure nothing is done, and
   * what stands before the event that failed is handled again, without it.
   */
  private async deliverFrom(batch: readonly RecordedEvent[], first: number): Promise<number> {
    let failed = first;
    try {
      return await this.transact(batch, first, batch.length, (index) => (failed = index));
    } catch (error) {
      if (error instanceof OvertakenError || failed === first) throw error;
      return this.transact(batch, first, failed);
    }
  }

  private async transact(
    batch: readonly RecordedEvent[],
    first: number,
    end: number,
    begins: (index: number) => void = () => undefined,
  ): Promise<number> {
    const { unitOfWork, events } = this.tools;
    let next = first;
    const reached = await runInContext(systemContext(`subscriber:${this.subscriber.id}`), () =>
      unitOfWork.run(async () => {
        do {
          begins(next);
          await this.handle(batch[next]!);
          next += 1;
        } while (next < end && events.pending() === 0);
        return this.advance(batch[next - 1]!.position);
      }),
    );
    this.position = this.saved = reached;
    return next;
  }

  /** Moves the subscriber on within the present transaction, unless another process has done so. */
  private async advance(position: number): Promise<number> {
    if (await this.tools.subscriptions.advance(this.subscriber.id, this.saved, position)) return position;
    throw new OvertakenError('another process has moved it');
  }

  private handle(event: RecordedEvent): Promise<void> {
    const cause = { eventId: event.id, correlationId: event.correlationId, depth: event.depth };
    return runInContext(systemContext(event.correlationId, cause, event.workspaceId), () =>
      this.subscriber.handle(event),
    );
  }

  /** Tries one event on its own until it works or has used up its tries, and then parks it. */
  private async deliverStubborn(event: RecordedEvent, firstError: unknown, stopped: () => boolean): Promise<void> {
    let error = firstError;
    for (const pause of this.tools.retryPausesMs) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (stopped()) return;
      try {
        await this.transact([event], 0, 1);
        return;
      } catch (failure) {
        if (failure instanceof OvertakenError) throw failure;
        error = failure;
      }
    }
    await this.park(event, error);
  }

  private async park(event: RecordedEvent, error: unknown): Promise<void> {
    const { unitOfWork, deadLetters, clock, logger, retryPausesMs } = this.tools;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    logger.error(`${this.subscriber.id} gave up on ${event.type} ${event.id}: ${text}`);
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
        await this.advance(event.position);
      }),
    );
    this.position = this.saved = event.position;
  }
}
