import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DATABASE_URL } from '../database/database-url.js';
import { sharedJobProviders } from './shared-job-providers.js';
import type { JobsOptions } from './jobs-options.js';
import { Jobs } from './jobs.js';
import { PostgresJobRecoveryService } from './postgres-job-recovery.service.js';
import { PostgresJobRunner } from './postgres-job-runner.service.js';
import { PostgresJobsRepository } from './postgres-jobs.repository.js';
import { PostgresJobsService } from './postgres-jobs.service.js';

/** Postgres driver. Requires only the database. */
@Module({})
export class PostgresJobsModule {
  static forRoot(databaseUrl: string, options: JobsOptions): DynamicModule {
    return {
      module: PostgresJobsModule,
      imports: [DiscoveryModule],
      providers: [
        ...sharedJobProviders(options),
        { provide: DATABASE_URL, useValue: databaseUrl },
        PostgresJobsRepository,
        PostgresJobRecoveryService,
        PostgresJobRunner,
        PostgresJobsService,
        { provide: Jobs, useExisting: PostgresJobsService },
      ],
      exports: [Jobs],
    };
  }
}
