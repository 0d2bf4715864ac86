import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, RetentionTask } from '@parley/kernel/jobs';
import { BulkOperationsRepository } from './bulk-operations.repository.js';

/** Deletes bulk operations after 30 days. */
@Injectable()
@Periodic({ job: 'identity.delete-old-bulk-operations', everySeconds: 3_600 })
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
