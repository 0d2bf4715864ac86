import type { Clock } from '../clock/clock.js';
import { PeriodicTask } from './periodic-task.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Deletes rows that are older than the retention period, every hour. */
export abstract class RetentionTask extends PeriodicTask {
  protected constructor(
    private readonly clock: Clock,
    private readonly retentionDays: number,
    everyMs = HOUR_MS,
  ) {
    super(everyMs);
  }

  /** Deletes rows from before the given time. */
  protected abstract deleteBefore(before: Date): Promise<unknown>;

  protected async run(): Promise<void> {
    await this.deleteBefore(new Date(this.clock.now().getTime() - this.retentionDays * DAY_MS));
  }
}
