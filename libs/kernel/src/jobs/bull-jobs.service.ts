import { Inject, Injectable } from '@nestjs/common';
import { currentContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import { newId } from '../ids/ids.js';
import { BullHandOver } from './bull-hand-over.service.js';
import type { JobDefinition } from './define-job.js';
import { checkedDelay, jobEnvelope, type JobEnvelope } from './job-envelope.js';
import { JobOutboxRepository, type OutboxJob } from './job-outbox.repository.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';
import { Jobs, type EnqueueOptions } from './jobs.js';
import { redrivenJob } from './redriven-job.js';

const COMMITTED = Symbol('kernel.jobs');

/** Jobs in Redis: enqueueing writes to an outbox in the transaction, which is emptied into Redis after the commit. */
@Injectable()
export class BullJobs extends Jobs {
  constructor(
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly outbox: JobOutboxRepository,
    private readonly handOver: BullHandOver,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async enqueue<Payload extends object>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<void> {
    const delaySeconds = checkedDelay(options.delaySeconds);
    await this.add(jobEnvelope(newId(), job, payload, options, currentContext()), delaySeconds);
  }

  async redrive(letter: DeadLetter): Promise<void> {
    await this.add(redrivenJob(newId(), letter), 0);
  }

  private add(envelope: JobEnvelope, delaySeconds: number): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.outbox.add(envelope, delaySeconds, this.options.sweepMs);
      this.ofTransaction().push({ envelope, delayMs: delaySeconds * 1000 });
    });
  }

  private ofTransaction(): OutboxJob[] {
    const { notes, afterCommit } = this.unitOfWork.current()!;
    const known = notes.get(COMMITTED) as OutboxJob[] | undefined;
    if (known) return known;
    const jobs: OutboxJob[] = [];
    notes.set(COMMITTED, jobs);
    // Not awaited: an absent Redis must not hold up the request.
    afterCommit.push(() => this.handOver.begin(jobs));
    return jobs;
  }
}
