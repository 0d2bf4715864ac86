import { Injectable, Logger } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRuns } from './job-runs.service.js';
import { PostgresJobsRepository } from './postgres-jobs.repository.js';
import type { WorkerLocks } from './worker-locks.js';

/** Settles what the queue library leaves open: jobs without an attempt left, and jobs held by workers that died. */
@Injectable()
export class PostgresJobSweeper {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly repository: PostgresJobsRepository,
    private readonly runs: JobRuns,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Frees the jobs of dead workers, and parks those whose last attempt it was. */
  async sweep(locks: WorkerLocks): Promise<void> {
    await this.asSystem(async () => {
      await locks.bury(await this.repository.listHolders(), async (dead) => {
        await this.repository.release(dead);
        this.logger.warn(`freed the jobs of ${dead.length} workers that died`);
      });
      await this.parkExhausted(null, null);
    });
  }

  /** Moves exhausted jobs, one or all, to the dead letters; those that were replaced just go. */
  async parkExhausted(queueId: string | null, error: string | null): Promise<void> {
    await this.asSystem(() =>
      this.unitOfWork.run(async () => {
        for (const { envelope, attempts, lastError, replaced } of await this.repository.takeExhausted(queueId)) {
          if (replaced) continue;
          await this.runs.park(
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
    await this.asSystem(() => this.repository.postpone(queueId, revision, attempts, pauseMs));
  }

  private asSystem<T>(work: () => Promise<T>): Promise<T> {
    return runInContext(systemContext('jobs'), work);
  }
}
