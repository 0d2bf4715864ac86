import { Module, type DynamicModule } from '@nestjs/common';
import type { Settings } from '../config/settings.js';
import { BullJobsModule } from './bull-jobs.module.js';
import { DEFAULT_JOBS, type JobsOptions } from './jobs-options.js';
import { PostgresJobsModule } from './postgres-jobs.module.js';

/** Options that select the driver. */
export interface JobsModuleOptions {
  readonly settings: Pick<Settings, 'redisUrl' | 'work'>;
  readonly databaseUrl: string;
  /** Override the defaults and the settings. */
  readonly jobs?: Partial<JobsOptions>;
}

/**
 * Provides `Jobs`: on Redis if it is configured, otherwise on Postgres. Requires `Database`, `UnitOfWork`,
 * `HandlerFinder` and `Clock` from a global module. Waiting jobs are not moved when the driver changes: let them finish
 * first.
 */
@Module({})
export class JobsModule {
  static forRoot({ settings, databaseUrl, jobs }: JobsModuleOptions): DynamicModule {
    const options: JobsOptions = { ...DEFAULT_JOBS, work: settings.work, ...jobs };
    const driver =
      settings.redisUrl === null
        ? PostgresJobsModule.forRoot(databaseUrl, options)
        : BullJobsModule.forRoot(settings.redisUrl, options);
    return { module: JobsModule, imports: [driver], exports: [driver] };
  }
}
