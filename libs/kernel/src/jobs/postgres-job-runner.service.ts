import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Job, TaskList } from 'graphile-worker';
import pg from 'pg';
import { DATABASE_URL } from '../database/database-url.js';
import { ignoreConnectionErrors } from '../database/scoped-pool.js';
import { GraphileRunner } from './graphile-runner.js';
import { JobRegistry } from './job-registry.js';
import { formatError, JobRunner } from './job-runner.service.js';
import { JobSlots } from './job-slots.js';
import type { JobEnvelope } from './job-envelope.js';
import { JOBS_OPTIONS, retryPauseMs, type JobsOptions } from './jobs-options.js';
import { PostgresJobRecoveryService } from './postgres-job-recovery.service.js';
import { WorkerLocks } from './worker-locks.js';

const POOL_SIZE = 5;
const MIN_RESTART_DELAY_MS = 500;
const MAX_RESTART_DELAY_MS = 10_000;
const SECOND_SWEEP_MS = 1_000;

/** Runs the jobs of the Postgres queue. Recovers from restarts of Postgres. */
@Injectable()
export class PostgresJobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly locks: WorkerLocks;
  private readonly inFlight = new Set<Promise<unknown>>();
  private pool: pg.Pool | null = null;
  private runner: GraphileRunner | null = null;
  private starting: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly registry: JobRegistry,
    private readonly jobRunner: JobRunner,
    private readonly recovery: PostgresJobRecoveryService,
  ) {
    this.locks = new WorkerLocks(databaseUrl, this.logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.options.work || this.registry.all().size === 0) return;
    this.pool = new pg.Pool({
      connectionString: this.databaseUrl,
      max: POOL_SIZE,
      application_name: 'parley jobs',
      options: '-c timezone=UTC',
    });
    this.pool.on('error', () => undefined);
    ignoreConnectionErrors(this.pool);
    await this.startWorkers();
    this.scheduleSweep(0, SECOND_SWEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const drained = this.drain().then(() => true);
    if (!(await Promise.race([drained, sleep(this.options.drainMs, false, { ref: false })]))) {
      this.logger.warn('jobs are still running; they will be run again');
    }
    await this.locks.close();
    // Jobs that are still running can no longer be completed; their connections end with the process.
    void this.pool?.end().catch(() => undefined);
  }

  private async drain(): Promise<void> {
    await this.starting;
    await this.runner
      ?.stop()
      .catch((error: unknown) => this.logger.warn(`failed to stop the job workers: ${formatError(error)}`));
    await Promise.allSettled(this.inFlight);
  }

  private startWorkers(): Promise<void> {
    this.starting ??= this.startWithRetries().finally(() => (this.starting = null));
    return this.starting;
  }

  private async startWithRetries(): Promise<void> {
    for (
      let pause = MIN_RESTART_DELAY_MS;
      !this.stopped && !this.runner;
      pause = Math.min(MAX_RESTART_DELAY_MS, pause * 2)
    ) {
      try {
        this.runner = await this.createRunner();
      } catch (error) {
        this.logger.warn(`could not start the job workers: ${error instanceof Error ? error.message : String(error)}`);
        await sleep(pause);
      }
    }
  }

  private async createRunner(): Promise<GraphileRunner> {
    const processors = this.registry.all();
    const slots = new JobSlots(new Map([...processors.values()].map(({ job, concurrency }) => [job, concurrency])));
    const tasks: TaskList = {};
    for (const job of processors.keys())
      tasks[job] = (envelope, { job: { attempts } }) => this.runAttempt(slots, envelope as JobEnvelope, attempts);
    let runner: GraphileRunner | null = null;
    runner = await GraphileRunner.start({
      pool: this.pool!,
      tasks,
      concurrency: this.options.concurrency,
      pollMs: this.options.pollMs,
      logger: this.logger,
      saturatedJobs: () => slots.saturated(),
      onWorker: (workerId) => this.locks.announce(workerId),
      onFailed: (job, error) => this.track(this.handleFailure(job, error)),
      onBroken: (error) => this.replace(runner, error),
    });
    return runner;
  }

  private async runAttempt(slots: JobSlots, envelope: JobEnvelope, attempt: number): Promise<void> {
    await slots.acquire(envelope.job);
    try {
      await this.jobRunner.runAttempt(envelope, attempt);
    } finally {
      slots.release(envelope.job);
    }
  }

  private async handleFailure(job: Job, error: unknown): Promise<void> {
    try {
      if (job.attempts >= job.max_attempts) await this.recovery.parkExhausted(String(job.id), formatError(error));
      else
        await this.recovery.postpone(
          String(job.id),
          job.revision,
          job.attempts,
          retryPauseMs(job.attempts, this.options.firstRetryMs),
        );
    } catch (failure) {
      // The sweep parks it later, and the library's own retry delay applies.
      this.logger.warn(`could not settle the failed job ${job.id} yet: ${formatError(failure)}`);
    }
  }

  private replace(runner: GraphileRunner | null, error: unknown): void {
    if (this.stopped || runner === null || this.runner !== runner) return;
    this.logger.warn(`replacing job workers that ended: ${error instanceof Error ? error.message : String(error)}`);
    this.runner = null;
    this.track(this.retire(runner));
    this.track(sleep(MIN_RESTART_DELAY_MS).then(() => this.startWorkers()));
  }

  /** Waits for the last jobs of a broken generation, then releases the jobs of its dead workers. */
  private async retire(runner: GraphileRunner): Promise<void> {
    await runner.stop().catch(() => undefined);
    if (!this.stopped) await this.locks.withdraw(runner.workerIds).catch(() => undefined);
  }

  private scheduleSweep(delayMs: number, nextMs: number): void {
    this.timer = setTimeout(() => {
      const sweep = this.recovery.sweep(this.locks).catch((error: unknown) => {
        if (!this.stopped)
          this.logger.warn(
            `failed to look for abandoned jobs: ${error instanceof Error ? error.message : String(error)}`,
          );
      });
      this.track(
        sweep.finally(() => {
          if (!this.stopped) this.scheduleSweep(nextMs, this.options.sweepMs);
        }),
      );
    }, delayMs);
  }

  private track(work: Promise<unknown>): void {
    const tracked: Promise<unknown> = work.finally(() => this.inFlight.delete(tracked));
    this.inFlight.add(tracked);
    tracked.catch(() => undefined);
  }
}
