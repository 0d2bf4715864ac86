import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { RetentionTask } from '@parley/kernel/timers';
import { BulkOperationsRepository } from './bulk-operations.repository.js';

/** Deletes bulk operations after 30 days. */
@Injectable()
export class BulkOperationRetentionService extends RetentionTask {
  constructor(
    private readonly operations: BulkOperationsRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected deleteBefore(before: Date): Promise<void> {
    return this.operations.deleteBefore(before);
  }
}
