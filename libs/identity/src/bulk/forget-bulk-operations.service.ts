import { Injectable } from '@nestjs/common';
import { Clock, Forgetting } from '@parley/kernel';
import { BulkOperationsRepository } from './bulk-operations.repository.js';

/** Forgets changes of many contacts after 30 days. */
@Injectable()
export class ForgetBulkOperations extends Forgetting {
  constructor(
    private readonly operations: BulkOperationsRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected forget(before: Date): Promise<void> {
    return this.operations.forget(before);
  }
}
