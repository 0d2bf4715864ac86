import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@parley/kernel';
import { BulkOperationsRepository } from './bulk-operations.repository.js';

const HOUR_MS = 3_600_000;
const KEPT_MS = 30 * 24 * HOUR_MS;

/** Forgets changes of many contacts after 30 days. */
@Injectable()
export class ForgetBulkOperations extends Housekeeping {
  constructor(
    private readonly operations: BulkOperationsRepository,
    private readonly clock: Clock,
  ) {
    super(HOUR_MS);
  }

  protected tidy(): Promise<void> {
    return this.operations.forget(new Date(this.clock.now().getTime() - KEPT_MS));
  }
}
