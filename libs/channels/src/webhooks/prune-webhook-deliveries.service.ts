import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, runInContext, systemContext } from '@parley/kernel';
import { DeliveriesRepository } from './deliveries.repository.js';

const EVERY_MS = 60 * 60_000;
const DAYS_KEPT = 30;
const BATCH = 5_000;

/** Forgets deliveries after 30 days. */
@Injectable()
export class PruneWebhookDeliveries implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PruneWebhookDeliveries.name);
  private interval: NodeJS.Timeout | null = null;

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.interval = setInterval(() => void this.prune(), EVERY_MS);
    this.interval.unref();
  }

  beforeApplicationShutdown(): void {
    if (this.interval) clearInterval(this.interval);
  }

  /** Forgets what is too old by now. */
  async prune(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - DAYS_KEPT * 24 * 3_600_000);
    await runInContext(systemContext('prune'), async () => {
      while ((await this.deliveries.prune(before, BATCH)) === BATCH);
    }).catch((error: Error) => this.logger.warn(error.message));
  }
}
