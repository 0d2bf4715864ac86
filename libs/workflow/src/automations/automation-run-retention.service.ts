import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { RetentionTask } from '@parley/kernel/timers';
import { AutomationRunsRepository } from './automation-runs.repository.js';

/** Deletes automation runs after 30 days. */
@Injectable()
export class AutomationRunRetentionService extends RetentionTask {
  constructor(
    private readonly runs: AutomationRunsRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected async deleteBefore(before: Date): Promise<void> {
    while ((await this.runs.prune(before)) > 0);
  }
}
