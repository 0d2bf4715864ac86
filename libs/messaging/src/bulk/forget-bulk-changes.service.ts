import { Injectable } from '@nestjs/common';
import { Clock, Forgetting } from '@parley/kernel';
import { BulkChangesRepository } from './bulk-changes.repository.js';

/** Forgets changes of many conversations after 30 days. */
@Injectable()
export class ForgetBulkChanges extends Forgetting {
  constructor(
    private readonly bulk: BulkChangesRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected forget(before: Date): Promise<void> {
    return this.bulk.forget(before);
  }
}
