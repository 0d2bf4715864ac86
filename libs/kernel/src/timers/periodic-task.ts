import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';

/**
 * Work that is done again and again while the process runs, such as forgetting what is too old. Every process does it, so doing it
 * twice must do no harm; a failure is logged and the next turn comes all the same.
 */
export abstract class PeriodicTask implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(this.constructor.name);
  private interval: NodeJS.Timeout | null = null;

  /** @param everyMs pause between two turns; the first comes after one. */
  protected constructor(private readonly everyMs: number) {}

  /** One turn, as the system and in sight of every workspace. */
  protected abstract run(): Promise<void>;

  onApplicationBootstrap(): void {
    this.interval = setInterval(() => void this.runNow(), this.everyMs);
    this.interval.unref();
  }

  beforeApplicationShutdown(): void {
    if (this.interval) clearInterval(this.interval);
  }

  /** One turn, now. */
  async runNow(): Promise<void> {
    await runInContext(systemContext('housekeeping'), () => this.run()).catch((error: Error) =>
      this.logger.warn(error.message),
    );
  }
}
