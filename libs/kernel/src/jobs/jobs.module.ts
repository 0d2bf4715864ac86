import { Module, type DynamicModule } from '@nestjs/common';
import type { Settings } from '../config/settings.js';
import { BullJobsModule } from './bull-jobs.module.js';
import { DEFAULT_JOBS, type JobsOptions } from './jobs-options.js';
import { PostgresJobsModule } from './postgres-jobs.module.js';

/** What the choice of a driver depends on. */
export interface JobsModuleOptions {
  readonly settings: Pick<Settings, 'redisUrl' | 'work'>;
  readonly databaseUrl: string;
  /** Over the defaults and over what the settings say. */
  readonly jobs?: Partial<JobsOptions>;
}

/**
 * Provides `Jobs`: on Redis when there is one, else on Postgres. Needs `Database`, `UnitOfWork`, `HandlerFinder`
 * and `Clock` from a global module. Jobs that wait when the driver is changed stay with the old one: let them run out
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
