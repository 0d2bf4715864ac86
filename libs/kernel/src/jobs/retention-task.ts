import type { Clock } from '../clock/clock.js';
import { PeriodicTask } from './periodic-task.js';

const DAY_MS = 24 * 3_600_000;

/** Deletes rows that are older than the retention period. */
export abstract class RetentionTask extends PeriodicTask {
  protected constructor(
    private readonly clock: Clock,
    private readonly retentionDays: number,
  ) {
    super();
  }

  /** Deletes rows from before the given time. */
  protected abstract deleteBefore(before: Date): Promise<unknown>;

  async run(): Promise<void> {
    await this.deleteBefore(new Date(this.clock.now().getTime() - this.retentionDays * DAY_MS));
  }
}
