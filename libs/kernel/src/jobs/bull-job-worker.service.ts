import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Job } from 'bull';
import { runInContext, systemContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { BULL_QUEUES, type BullPayload, type BullQueues } from './bull-queues.js';
import { JobOutboxRepository } from './job-outbox.repository.js';
import { JobRegistry } from './job-registry.js';
import { errorText, JobRuns } from './job-runs.service.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';

const SAME_ERROR_AGAIN_MS = 30_000;
const LONGEST_CLOSE_MS = 3_000;

/** Runs the jobs of the queues in Redis. */
@Injectable()
export class BullJobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private saidAt = 0;

  constructor(
    @Inject(BULL_QUEUES) private readonly queues: BullQueues,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly registry: JobRegistry,
    private readonly runs: JobRuns,
    private readonly outbox: JobOutboxRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    for (const queue of this.queues.values()) queue.on('error', (error: Error) => this.troubled(error));
    if (!this.options.work) return;
    for (const { job, concurrency } of this.registry.all().values()) {
      const queue = this.queues.get(job);
      if (!queue) throw new Error(`The job ${job} has no queue: it was declared after the jobs module was made`);
      // The promise stands for the whole time of working, and fails only when Redis is lost.
      queue.process(concurrency, (taken) => this.work(taken)).catch((error: Error) => this.troubled(error));
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    const queues = [...this.queues.values()];
    if (
      !(await within(
        this.options.drainMs,
        queues.map((queue) => queue.pause(true)),
      ))
    ) {
      this.logger.warn('jobs are still running; they will be run again');
    }
    await within(
      LONGEST_CLOSE_MS,
      queues.map((queue) => queue.close(true)),
    );
    // With Redis away the close above does not end by itself.
    for (const client of queues.flatMap((queue) => queue.clients)) if (client.status !== 'end') client.disconnect();
  }

  private work(job: Job<BullPayload>): Promise<void> {
    return runInContext(systemContext(String(job.id)), () => this.attempt(job));
  }

  private async attempt(job: Job<BullPayload>): Promise<void> {
    const { envelope, begun } = job.data;
    const attempt = begun + 1;
    if (!(await this.outbox.isCurrent(envelope))) return this.outbox.settle(envelope);
    if (begun >= envelope.mostAttempts)
      return this.giveUp(job, job.failedReason ?? `the process ended during attempt ${begun}`);
    // Counted before the run, so that a job that brings down its process cannot do so for ever.
    await job.update({ envelope, begun: attempt });
    try {
      await this.runs.attempt(envelope, attempt);
    } catch (error) {
      if (attempt < envelope.mostAttempts) throw error;
      return this.giveUp(job, errorText(error));
    }
    await this.outbox.settle(envelope);
  }

  /** Parks the job and lets Bull drop it; a failure to park is one more failed attempt to Bull, which tries again. */
  private async giveUp(job: Job<BullPayload>, error: string): Promise<void> {
    const { envelope } = job.data;
    await this.unitOfWork.run(async () => {
      if (!(await this.outbox.isCurrent(envelope))) return;
      await this.runs.park(envelope, error, envelope.mostAttempts);
      await this.outbox.settle(envelope);
    });
  }

  private troubled(error: Error): void {
    const now = Date.now();
    if (now - this.saidAt < SAME_ERROR_AGAIN_MS) return;
    this.saidAt = now;
    this.logger.warn(`Redis: ${error.message}`);
  }
}

/** Whether all of it has ended in time, well or not. */
function within(ms: number, work: readonly Promise<unknown>[]): Promise<boolean> {
  return Promise.race([Promise.allSettled(work).then(() => true), sleep(ms, false, { ref: false })]);
}
