import { Inject, Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { Clock } from '../clock/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DeadLettersRepository } from './dead-letters.repository.js';
import { EventsRepository } from './events.repository.js';
import { RELAY_OPTIONS, type RelayOptions } from './relay-options.js';
import type { LaneDependencies } from './subscriber-lane.js';
import type { Subscriber } from './subscriber-registry.js';
import { SubscriberRunner, type PendingMove } from './subscriber-runner.js';
import { SubscriptionsRepository } from './subscriptions.repository.js';

/** Starts subscribers and saves their positions. */
@Injectable()
export class SubscriberRunnerFactory {
  private readonly dependencies: LaneDependencies;

  constructor(
    @Inject(RELAY_OPTIONS) options: RelayOptions,
    log: EventsRepository,
    private readonly subscriptions: SubscriptionsRepository,
    deadLetters: DeadLettersRepository,
    unitOfWork: UnitOfWork,
    clock: Clock,
  ) {
    this.dependencies = {
      unitOfWork,
      log,
      subscriptions,
      deadLetters,
      clock,
      logger: new Logger('EventRelay'),
      retryPausesMs: options.retryPausesMs,
      limitTransactions: pLimit(options.maxTransactions),
    };
  }

  start(subscriber: Subscriber): Promise<SubscriberRunner> {
    return SubscriberRunner.start(subscriber, this.dependencies);
  }

  /** Saves the positions that idle lanes have reached, in one statement, so that they show no lag. */
  async savePositions(runners: readonly SubscriberRunner[]): Promise<void> {
    const pending = runners.flatMap((runner) => runner.pendingMoves());
    if (pending.length === 0) return;
    const saved = this.subscriptions.advanceMany(pending.map(({ move }) => move));
    for (const { lane, move } of pending)
      lane.trackSave(
        move,
        saved.then((moved) => isMoved(moved, move)),
      );
    await saved;
  }
}

function isMoved(moved: readonly { id: string; lane: number }[], move: PendingMove['move']): boolean {
  return moved.some(({ id, lane }) => id === move.id && lane === move.lane);
}
