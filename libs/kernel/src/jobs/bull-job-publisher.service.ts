import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import { bullJobOptions, BULL_QUEUES, type BullQueues } from './bull-queues.js';
import { JobOutboxRepository, type OutboxJob } from './job-outbox.repository.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';

const BATCH = 500;
// While Redis is down, each publish waits for it. Above this limit, rows stay in the outbox for the periodic publish.
const MAX_CONCURRENT_PUBLISHES = 50;
const SHUTDOWN_TIMEOUT_MS = 2_000;

/**
 * Publishes committed jobs from the outbox to Redis: right after the commit, a few seconds later if a crash or a Redis
 * outage prevented that, and again if Redis has lost them. A job that Redis still has is not added twice.
 */
@Injectable()
export class BullJobPublisher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly inFlight = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    @Inject(BULL_QUEUES) private readonly queues: BullQueues,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly outbox: JobOutboxRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.schedulePublish(this.options.sweepMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await Promise.race([Promise.allSettled(this.inFlight), sleep(SHUTDOWN_TIMEOUT_MS, undefined, { ref: false })]);
  }

  /** Publishes jobs in the background. */
  publish(jobs: readonly OutboxJob[]): void {
    if (this.stopped || this.inFlight.size >= MAX_CONCURRENT_PUBLISHES) return;
    this.track(this.publishJobs(jobs));
  }

  private async publishJobs(jobs: readonly OutboxJob[]): Promise<void> {
    for (const [name, group] of groupByJob(jobs)) {
      const queue = this.queues.get(name);
      if (!queue) throw new Error(`no queue for the job ${name}`);
      const added = await queue.addBulk(
        group.map(({ envelope, delayMs }) => ({
          data: { envelope, attemptsStarted: 0 },
          opts: bullJobOptions(envelope, delayMs),
        })),
      );
      // Bull ignores errors of single additions, for example if Redis is full.
      if (!added.every(({ id }) => id)) throw new Error(`Redis did not accept all jobs of ${name}`);
    }
    await runAsSystem(() =>
      this.outbox.markPublished(
        jobs.map(({ envelope }) => envelope.id),
        this.options.republishAfterMs,
      ),
    );
  }

  private async publishOverdue(): Promise<void> {
    for (;;) {
      const jobs = await runAsSystem(() =>
        this.outbox.claimOverdue(this.options.sweepMs, [...this.queues.keys()], BATCH),
      );
      if (jobs.length === 0 || this.stopped) return;
      await this.publishJobs(jobs);
      if (jobs.length < BATCH) return;
    }
  }

  private schedulePublish(delayMs: number): void {
    this.timer = setTimeout(() => {
      this.track(
        this.publishOverdue().finally(() => {
          if (!this.stopped) this.schedulePublish(this.options.sweepMs);
        }),
      );
    }, delayMs);
  }

  private track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error: Error) => {
        if (!this.stopped) this.logger.warn(`could not publish jobs to Redis, will retry: ${error.message}`);
      })
      .finally(() => this.inFlight.delete(tracked));
    this.inFlight.add(tracked);
  }
}

function groupByJob(jobs: readonly OutboxJob[]): Map<string, OutboxJob[]> {
  const groups = new Map<string, OutboxJob[]>();
  for (const job of jobs) {
    const group = groups.get(job.envelope.job);
    if (group) group.push(job);
    else groups.set(job.envelope.job, [job]);
  }
  return groups;
}

function runAsSystem<T>(work: () => Promise<T>): Promise<T> {
  return runInContext(systemContext('jobs'), work);
}
