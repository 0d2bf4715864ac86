import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { runInContext, systemContext } from '../context/request-context.js';
import { IdempotencyRepository } from './idempotency.repository.js';

const EVERY_MS = 10 * 60_000;
const HOURS_KEPT = 24;

/** Forgets stored answers after their 24 hours. */
@Injectable()
export class PruneIdempotencyKeys implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PruneIdempotencyKeys.name);
  private interval: NodeJS.Timeout | null = null;

  constructor(
    private readonly answers: IdempotencyRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.interval = setInterval(() => void this.prune(), EVERY_MS);
    this.interval.unref();
  }

  beforeApplicationShutdown(): void {
    if (this.interval) clearInterval(this.interval);
  }

  private async prune(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - HOURS_KEPT * 3_600_000);
    await runInContext(systemContext('prune'), () => this.answers.prune(before)).catch((error: Error) => this.logger.warn(error.message));
  }
}
