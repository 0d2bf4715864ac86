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
import { BullConnections } from './bull-connections.js';
import { BULL_QUEUES, type BullPayload, type BullQueues } from './bull-queues.js';
import { JobOutboxRepository } from './job-outbox.repository.js';
import { JobRegistry } from './job-registry.js';
import { formatError, JobRunner } from './job-runner.service.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';

const ERROR_LOG_INTERVAL_MS = 30_000;
const CLOSE_TIMEOUT_MS = 3_000;

/** Runs the jobs of the Redis queues. */
@Injectable()
export class BullJobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private lastLoggedAt = 0;

  constructor(
    @Inject(BULL_QUEUES) private readonly queues: BullQueues,
    private readonly connections: BullConnections,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly registry: JobRegistry,
    private readonly jobRunner: JobRunner,
    private readonly outbox: JobOutboxRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    for (const queue of this.queues.values()) queue.on('error', (error: Error) => this.logError(error));
    if (!this.options.work) return;
    for (const { job, concurrency } of this.registry.all().values()) {
      const queue = this.queues.get(job);
      if (!queue) throw new Error(`The job ${job} has no queue: it was defined after the jobs module was created`);
      // The promise is pending while the queue is processed, and rejects only if Redis is lost.
      queue.process(concurrency, (bullJob) => this.runJob(bullJob)).catch((error: Error) => this.logError(error));
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    const queues = [...this.queues.values()];
    if (
      !(await settleWithin(
        this.options.drainMs,
        queues.map((queue) => queue.pause(true)),
      ))
    ) {
      this.logger.warn('jobs are still running; they will be run again');
    }
    await settleWithin(
      CLOSE_TIMEOUT_MS,
      queues.map((queue) => queue.close(true)),
    );
    // Bull does not close the clients that it did not create. While Redis is down, closing a queue never finishes.
    await this.connections.close();
  }

  private runJob(job: Job<BullPayload>): Promise<void> {
    return runInContext(systemContext(String(job.id)), () => this.runAttempt(job));
  }

  private async runAttempt(job: Job<BullPayload>): Promise<void> {
    const { envelope, attemptsStarted } = job.data;
    const attempt = attemptsStarted + 1;
    if (!(await this.outbox.isCurrent(envelope))) return this.outbox.settle(envelope);
    if (attemptsStarted >= envelope.maxAttempts)
      return this.park(job, job.failedReason ?? `the process ended during attempt ${attemptsStarted}`);
    // Counted before the run, so that a job that crashes its process is not retried forever.
    await job.update({ envelope, attemptsStarted: attempt });
    try {
      await this.jobRunner.runAttempt(envelope, attempt);
    } catch (error) {
      if (attempt < envelope.maxAttempts) throw error;
      return this.park(job, formatError(error));
    }
    await this.outbox.settle(envelope);
  }

  /** Parks the job and lets Bull remove it. If parking fails, Bull retries it like a failed attempt. */
  private async park(job: Job<BullPayload>, error: string): Promise<void> {
    const { envelope } = job.data;
    await this.unitOfWork.run(async () => {
      if (!(await this.outbox.isCurrent(envelope))) return;
      await this.jobRunner.park(envelope, error, envelope.maxAttempts);
      await this.outbox.settle(envelope);
    });
  }

  private logError(error: Error): void {
    const now = Date.now();
    if (now - this.lastLoggedAt < ERROR_LOG_INTERVAL_MS) return;
    this.lastLoggedAt = now;
    this.logger.warn(`Redis: ${error.message}`);
  }
}

/** Returns true if all promises settle in time. */
function settleWithin(ms: number, work: readonly Promise<unknown>[]): Promise<boolean> {
  return Promise.race([Promise.allSettled(work).then(() => true), sleep(ms, false, { ref: false })]);
}
