import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@parley/kernel';
import { BulkChangesRepository } from './bulk-changes.repository.js';

const HOUR_MS = 3_600_000;
const DAYS_KEPT = 30;

/** Forgets changes of many conversations after 30 days. */
@Injectable()
export class ForgetBulkChanges extends Housekeeping {
  constructor(
    private readonly bulk: BulkChangesRepository,
    private readonly clock: Clock,
  ) {
    super(HOUR_MS);
  }

  protected tidy(): Promise<void> {
    return this.bulk.prune(new Date(this.clock.now().getTime() - DAYS_KEPT * 24 * HOUR_MS).toISOString());
  }
}
