import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { findJob } from './define-job.js';
import { JobRegistry } from './job-registry.js';
import { JobSchedulesRepository, type DeclaredSchedule } from './job-schedules.repository.js';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options.js';
import { Jobs } from './jobs.js';

/** A process that finds a schedule locked by another one checks again after this time. */
const MIN_PAUSE_MS = 100;
const KEY = 'schedule';

/**
 * Enqueues the jobs that `@Periodic` declares. Every process checks the schedules in `kernel.job_schedules`; the one that
 * moves a schedule to its next time enqueues the run in the same transaction, so there is one run per interval and
 * cluster with either driver.
 */
@Injectable()
export class JobScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private schedules: readonly DeclaredSchedule[] = [];
  private saved = false;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly registry: JobRegistry,
    private readonly repository: JobSchedulesRepository,
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.options.work) return;
    this.schedules = [...this.registry.all().keys()].flatMap((job) => {
      const definition = findJob(job);
      if (definition?.name !== job || definition.everySeconds === null) return [];
      return [{ job, everySeconds: definition.everySeconds }];
    });
    if (this.schedules.length > 0) this.checkIn(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private checkIn(pauseMs: number): void {
    this.timer = setTimeout(() => {
      this.running = this.check().then((dueInMs) => {
        if (!this.stopped) this.checkIn(Math.max(MIN_PAUSE_MS, Math.min(dueInMs, this.options.sweepMs)));
      });
    }, pauseMs);
  }

  /** Enqueues the runs that are due and returns the milliseconds until the next one. */
  private async check(): Promise<number> {
    try {
      return await runInContext(systemContext('job-scheduler'), async () => {
        if (!this.saved) await this.repository.save(this.schedules);
        this.saved = true;
        const jobs = this.schedules.map(({ job }) => job);
        const dueInMs = await this.repository.msUntilDue(jobs);
        if (dueInMs === null || dueInMs > 0) return dueInMs ?? Infinity;
        await this.enqueueDue(jobs);
        return (await this.repository.msUntilDue(jobs)) ?? Infinity;
      });
    } catch (error) {
      if (!this.stopped)
        this.logger.warn(`failed to enqueue periodic jobs: ${error instanceof Error ? error.message : String(error)}`);
      return Infinity;
    }
  }

  private enqueueDue(jobs: readonly string[]): Promise<void> {
    return this.unitOfWork.run(async () => {
      for (const job of await this.repository.claimDue(jobs)) await this.jobs.enqueue(findJob(job)!, {}, { key: KEY });
    });
  }
}
