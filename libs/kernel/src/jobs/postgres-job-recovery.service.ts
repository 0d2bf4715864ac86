import { Injectable, Logger } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRunner } from './job-runner.service.js';
import { PostgresJobsRepository } from './postgres-jobs.repository.js';
import type { WorkerLocks } from './worker-locks.js';

/** Handles what the queue library leaves open: jobs without attempts left, and jobs of dead workers. */
@Injectable()
export class PostgresJobRecoveryService {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly repository: PostgresJobsRepository,
    private readonly jobRunner: JobRunner,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Releases the jobs of dead workers, and parks those without attempts left. */
  async sweep(locks: WorkerLocks): Promise<void> {
    await this.runAsSystem(async () => {
      await locks.withDeadWorkers(await this.repository.listWorkerIds(), async (deadWorkerIds) => {
        await this.repository.release(deadWorkerIds);
        this.logger.warn(`released the jobs of ${deadWorkerIds.length} dead workers`);
      });
      await this.parkExhausted(null, null);
    });
  }

  /** Moves one or all exhausted jobs to the dead letters. Replaced jobs are only deleted. */
  async parkExhausted(queueId: string | null, error: string | null): Promise<void> {
    await this.runAsSystem(() =>
      this.unitOfWork.run(async () => {
        for (const { envelope, attempts, lastError, replaced } of await this.repository.removeExhausted(queueId)) {
          if (replaced) continue;
          await this.jobRunner.park(
            envelope,
            error ?? lastError ?? `the process ended during attempt ${attempts}`,
            attempts,
          );
        }
      }),
    );
  }

  /** Schedules the next attempt of a failed job. */
  async postpone(queueId: string, revision: number, attempts: number, pauseMs: number): Promise<void> {
    await this.runAsSystem(() => this.repository.postpone(queueId, revision, attempts, pauseMs));
  }

  private runAsSystem<T>(work: () => Promise<T>): Promise<T> {
    return runInContext(systemContext('jobs'), work);
  }
}
