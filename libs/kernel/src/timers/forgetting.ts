import type { Clock } from '../clock/clock.js';
import { Housekeeping } from './housekeeping.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Forgets what is older than some days, every hour. */
export abstract class Forgetting extends Housekeeping {
  protected constructor(
    private readonly clock: Clock,
    private readonly daysKept: number,
    everyMs = HOUR_MS,
  ) {
    super(everyMs);
  }

  /** Forgets what is from before then. */
  protected abstract forget(before: Date): Promise<unknown>;

  protected async tidy(): Promise<void> {
    await this.forget(new Date(this.clock.now().getTime() - this.daysKept * DAY_MS));
  }
}
