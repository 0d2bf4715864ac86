import { Injectable, Logger } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRunner } from './job-runner.service.js';
import { PostgresJobsRepository } from './postgres-jobs.repository.js';
import type { WorkerLocks } from './worker-locks.js';

/** Settles what the queue library leaves open: jobs without an attempt left, and jobs held by workers that died. */
@Injectable()
export class PostgresJobRecoveryService {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly repository: PostgresJobsRepository,
    private readonly jobRunner: JobRunner,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Frees the jobs of dead workers, and parks those whose last attempt it was. */
  async sweep(locks: WorkerLocks): Promise<void> {
    await this.runAsSystem(async () => {
      await locks.withDeadWorkers(await this.repository.listWorkerIds(), async (deadWorkerIds) => {
        await this.repository.release(deadWorkerIds);
        this.logger.warn(`freed the jobs of ${deadWorkerIds.length} workers that died`);
      });
      await this.parkExhausted(null, null);
    });
  }

  /** Moves exhausted jobs, one or all, to the dead letters; those that were replaced just go. */
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

  /** Lets a failed job wait for its next attempt. */
  async postpone(queueId: string, revision: number, attempts: number, pauseMs: number): Promise<void> {
    await this.runAsSystem(() => this.repository.postpone(queueId, revision, attempts, pauseMs));
  }

  private runAsSystem<T>(work: () => Promise<T>): Promise<T> {
    return runInContext(systemContext('jobs'), work);
  }
}
