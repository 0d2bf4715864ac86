import { Injectable } from '@nestjs/common';
import { Clock, Housekeeping } from '@parley/kernel';
import { AutomationRunsRepository } from './automation-runs.repository.js';

const EVERY_MS = 3_600_000;
const DAYS_KEPT = 30;

/** Forgets the records of runs after thirty days. */
@Injectable()
export class ForgetOldRuns extends Housekeeping {
  constructor(
    private readonly runs: AutomationRunsRepository,
    private readonly clock: Clock,
  ) {
    super(EVERY_MS);
  }

  protected async tidy(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - DAYS_KEPT * 86_400_000);
    for (let forgotten = 1; forgotten > 0; ) forgotten = await this.runs.prune(before);
  }
}
