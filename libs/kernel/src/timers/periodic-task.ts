import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';

/**
 * Work that is repeated while the process runs, such as deleting expired data. Every process runs it, so it must be
 * idempotent. A failure is logged, and the next run takes place as usual.
 */
export abstract class PeriodicTask implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(this.constructor.name);
  private interval: NodeJS.Timeout | null = null;

  /** @param everyMs interval between two runs; the first run is after one interval. */
  protected constructor(private readonly everyMs: number) {}

  /** Runs the task once, as the system with access to all workspaces. */
  protected abstract run(): Promise<void>;

  onApplicationBootstrap(): void {
    this.interval = setInterval(() => void this.runNow(), this.everyMs);
    this.interval.unref();
  }

  beforeApplicationShutdown(): void {
    if (this.interval) clearInterval(this.interval);
  }

  /** Runs the task now. */
  async runNow(): Promise<void> {
    await runInContext(systemContext('periodic-task'), () => this.run()).catch((error: Error) =>
      this.logger.warn(error.message),
    );
  }
}
