import { Module, type DynamicModule } from '@nestjs/common';
import { DATABASE_URL } from '../database/database-url.js';
import { jobFoundations } from './job-foundations.js';
import type { JobsOptions } from './jobs-options.js';
import { Jobs } from './jobs.js';
import { PostgresJobSweeper } from './postgres-job-sweeper.service.js';
import { PostgresJobWorker } from './postgres-job-worker.service.js';
import { PostgresJobsRepository } from './postgres-jobs.repository.js';
import { PostgresJobs } from './postgres-jobs.service.js';

/** The driver that needs nothing but the database. */
@Module({})
export class PostgresJobsModule {
  static forRoot(databaseUrl: string, options: JobsOptions): DynamicModule {
    return {
      module: PostgresJobsModule,
      providers: [
        ...jobFoundations(options),
        { provide: DATABASE_URL, useValue: databaseUrl },
        PostgresJobsRepository,
        PostgresJobSweeper,
        PostgresJobWorker,
        PostgresJobs,
        { provide: Jobs, useExisting: PostgresJobs },
      ],
      exports: [Jobs],
    };
  }
}
