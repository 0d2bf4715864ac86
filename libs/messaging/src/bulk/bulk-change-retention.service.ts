import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, RetentionTask } from '@parley/kernel/jobs';
import { BulkChangesRepository } from './bulk-changes.repository.js';

/** Deletes bulk updates of conversations after 30 days. */
@Injectable()
@Periodic({ job: 'messaging.delete-old-bulk-changes', everySeconds: 3_600 })
export class BulkChangeRetentionService extends RetentionTask {
  constructor(
    private readonly bulkChanges: BulkChangesRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected deleteBefore(before: Date): Promise<void> {
    return this.bulkChanges.deleteBefore(before);
  }
}
