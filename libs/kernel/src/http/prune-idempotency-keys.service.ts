import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Housekeeping } from '../timers/housekeeping.js';
import { IdempotencyRepository } from './idempotency.repository.js';

const EVERY_MS = 10 * 60_000;
const HOURS_KEPT = 24;

/** Forgets stored answers after their 24 hours. */
@Injectable()
export class PruneIdempotencyKeys extends Housekeeping {
  constructor(
    private readonly answers: IdempotencyRepository,
    private readonly clock: Clock,
  ) {
    super(EVERY_MS);
  }

  protected async tidy(): Promise<void> {
    await this.answers.prune(new Date(this.clock.now().getTime() - HOURS_KEPT * 3_600_000));
  }
}
