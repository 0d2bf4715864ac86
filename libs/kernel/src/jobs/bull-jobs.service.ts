import { Inject, Injectable } from '@nestjs/common';
import { currentContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import { newId } from '../ids/ids.js';
import { BullJobPublisher } from './bull-job-publisher.service.js';
import type { JobDefinition } from './define-job.js';
import { assertDelay, buildJobEnvelope, type JobEnvelope } from './job-envelope.js';
import { JobOutboxRepository, type OutboxJob } from './job-outbox.repository.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';
import { Jobs, type EnqueueOptions } from './jobs.js';
import { buildRedrivenJob } from './redriven-job.js';

const PENDING_JOBS = Symbol('kernel.jobs');

/** Jobs in Redis. Enqueueing writes to an outbox in the transaction, which is published to Redis after the commit. */
@Injectable()
export class BullJobsService extends Jobs {
  constructor(
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly outbox: JobOutboxRepository,
    private readonly publisher: BullJobPublisher,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async enqueue<Payload extends object>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<void> {
    const delaySeconds = assertDelay(options.delaySeconds);
    await this.add(buildJobEnvelope(newId(), job, payload, options, currentContext()), delaySeconds);
  }

  async redrive(deadLetter: DeadLetter): Promise<void> {
    await this.add(buildRedrivenJob(newId(), deadLetter), 0);
  }

  private add(envelope: JobEnvelope, delaySeconds: number): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.outbox.add(envelope, delaySeconds, this.options.sweepMs);
      this.pendingJobs().push({ envelope, delayMs: delaySeconds * 1000 });
    });
  }

  private pendingJobs(): OutboxJob[] {
    const { state, afterCommit } = this.unitOfWork.current()!;
    const existing = state.get(PENDING_JOBS) as OutboxJob[] | undefined;
    if (existing) return existing;
    const jobs: OutboxJob[] = [];
    state.set(PENDING_JOBS, jobs);
    // Not awaited, so that a Redis outage does not block the request.
    afterCommit.push(() => this.publisher.publish(jobs));
    return jobs;
  }
}
