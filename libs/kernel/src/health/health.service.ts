import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { DomainError } from '../errors/domain-error.js';
import type { ReadinessDto } from './health.dto.js';

const PING = statement('kernel.ping', 'select 1 as one');

/** Checks if the process can serve requests. */
@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  private isShuttingDown = false;

  constructor(private readonly database: Database) {}

  beforeApplicationShutdown(): void {
    this.isShuttingDown = true;
  }

  async readiness(): Promise<ReadinessDto> {
    if (this.isShuttingDown) throw new DomainError('UNAVAILABLE', 'The process is shutting down');
    const started = performance.now();
    try {
      await this.database.row(PING);
    } catch {
      throw new DomainError('UNAVAILABLE', 'The database is not available', {}, 5);
    }
    return { status: 'ready', database_ms: Math.round(performance.now() - started) };
  }
}
