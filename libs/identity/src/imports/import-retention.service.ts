import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, RetentionTask } from '@parley/kernel/jobs';
import { ImportsRepository } from './imports.repository.js';

/** Deletes imports and their failed rows 30 days after their end. */
@Injectable()
@Periodic({ job: 'identity.delete-old-imports', everySeconds: 3_600 })
export class ImportRetentionService extends RetentionTask {
  constructor(
    private readonly imports: ImportsRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected deleteBefore(before: Date): Promise<void> {
    return this.imports.deleteEndedBefore(before);
  }
}
