import { Injectable } from '@nestjs/common';
import { currentContext } from '../context/request-context.js';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import { newId } from '../ids/ids.js';
import type { JobDefinition } from './define-job.js';
import { assertDelay, buildJobEnvelope } from './job-envelope.js';
import { Jobs, type EnqueueOptions } from './jobs.js';
import { PostgresJobsRepository } from './postgres-jobs.repository.js';
import { buildRedrivenJob } from './redriven-job.js';

const DEFAULT_PRIORITY = 0;
/** A run of a periodic job replaces the waiting one, so behind a backlog it would move to the end and never run. */
const PERIODIC_PRIORITY = -1;

/** Jobs in tables of the same database. Enqueueing and the notification of the workers are part of the transaction. */
@Injectable()
export class PostgresJobsService extends Jobs {
  constructor(private readonly repository: PostgresJobsRepository) {
    super();
  }

  async enqueue<Payload extends object>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<void> {
    await this.repository.enqueue(
      buildJobEnvelope(newId(), job, payload, options, currentContext()),
      assertDelay(options.delaySeconds),
      job.everySeconds === null ? DEFAULT_PRIORITY : PERIODIC_PRIORITY,
    );
  }

  async redrive(deadLetter: DeadLetter): Promise<void> {
    await this.repository.enqueue(buildRedrivenJob(newId(), deadLetter), 0, DEFAULT_PRIORITY);
  }
}
