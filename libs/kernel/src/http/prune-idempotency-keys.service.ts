import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Forgetting } from '../timers/forgetting.js';
import { IdempotencyRepository } from './idempotency.repository.js';

const EVERY_MS = 10 * 60_000;

/** Forgets stored answers after a day. */
@Injectable()
export class PruneIdempotencyKeys extends Forgetting {
  constructor(
    private readonly answers: IdempotencyRepository,
    clock: Clock,
  ) {
    super(clock, 1, EVERY_MS);
  }

  protected forget(before: Date): Promise<unknown> {
    return this.answers.prune(before);
  }
}
