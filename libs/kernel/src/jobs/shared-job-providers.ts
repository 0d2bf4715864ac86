import type { Provider } from '@nestjs/common';
import { JobDeadLettersRepository } from './job-dead-letters.repository.js';
import { JobRegistry } from './job-registry.js';
import { JobRunner } from './job-runner.service.js';
import { JobScheduler } from './job-scheduler.service.js';
import { JobSchedulesRepository } from './job-schedules.repository.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';

/** Providers of both drivers. */
export function sharedJobProviders(options: JobsOptions): Provider[] {
  return [
    { provide: JOBS_OPTIONS, useValue: options },
    JobRegistry,
    JobDeadLettersRepository,
    JobRunner,
    JobSchedulesRepository,
    JobScheduler,
  ];
}
