import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { RetentionTask } from '@parley/kernel/timers';
import { ImportsRepository } from './imports.repository.js';

/** Forgets imports, and the rows of theirs that failed, 30 days after they ended. */
@Injectable()
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
