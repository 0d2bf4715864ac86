import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Periodic, RetentionTask } from '@parley/kernel/jobs';
import { AutomationRunsRepository } from './automation-runs.repository.js';

/** Deletes automation runs after 30 days. */
@Injectable()
@Periodic({ job: 'workflow.delete-old-automation-runs', everySeconds: 3_600 })
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
