import { Injectable } from '@nestjs/common';
import { Clock, Forgetting } from '@parley/kernel';
import { AutomationRunsRepository } from './automation-runs.repository.js';

/** Forgets the records of runs after 30 days. */
@Injectable()
export class ForgetOldRuns extends Forgetting {
  constructor(
    private readonly runs: AutomationRunsRepository,
    clock: Clock,
  ) {
    super(clock, 30);
  }

  protected async forget(before: Date): Promise<void> {
    while ((await this.runs.prune(before)) > 0);
  }
}
