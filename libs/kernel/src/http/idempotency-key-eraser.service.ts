import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { RetentionTask } from '../timers/retention-task.js';
import { IdempotencyRepository } from './idempotency.repository.js';

const EVERY_MS = 10 * 60_000;

/** Deletes stored responses after 24 hours. */
@Injectable()
export class IdempotencyKeyEraser extends RetentionTask {
  constructor(
    private readonly idempotency: IdempotencyRepository,
    clock: Clock,
  ) {
    super(clock, 1, EVERY_MS);
  }

  protected deleteBefore(before: Date): Promise<unknown> {
    return this.idempotency.prune(before);
  }
}
