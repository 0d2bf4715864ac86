import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { storedKey, type JobEnvelope } from './job-envelope.js';

/** Job that was removed from the queue because it has no attempts left. */
export interface ExhaustedJob {
  readonly queueId: string;
  readonly envelope: JobEnvelope;
  readonly attempts: number;
  readonly lastError: string | null;
  /** True if a newer job with its key has replaced it. */
  readonly replaced: boolean;
}

const ENQUEUE = statement('kernel.enqueue-job', `select kernel.enqueue_job($1, $2, $3, $4, $5, $6)`);

// A job that was replaced or rescheduled since its failure no longer matches and is left unchanged.
const POSTPONE = statement(
  'kernel.postpone-job',
  `select from graphile_worker.jobs j,
     lateral graphile_worker.reschedule_jobs(array[j.id],
       run_at => clock_timestamp() + make_interval(secs => $4::double precision / 1000)) r
   where j.id = $1::bigint and j.revision = $2 and j.attempts = $3 and j.locked_at is null`,
);

const REMOVE_EXHAUSTED = statement(
  'kernel.remove-exhausted-jobs',
  `select removed.id::text as "queueId", removed.payload as envelope, removed.attempts,
     removed.last_error as "lastError",
     (removed.payload->>'key') is not null and removed.key is null as replaced
   from graphile_worker.complete_jobs(array(
     select id from graphile_worker.jobs
       where attempts >= max_attempts and locked_at is null and ($1::bigint is null or id = $1) limit 500
   )) removed`,
);

const LIST_WORKER_IDS = statement(
  'kernel.list-job-workers',
  `select distinct locked_by as "workerId" from graphile_worker.jobs where locked_by is not null`,
);

const RELEASE = statement('kernel.release-jobs', `select graphile_worker.force_unlock_workers($1::text[])`);

/** Job queue on Postgres. Everything except {@link enqueue} requires system privileges. */
@Injectable()
export class PostgresJobsRepository {
  constructor(private readonly database: Database) {}

  /** Adds a job. Jobs with a lower priority value run first. */
  async enqueue(envelope: JobEnvelope, delaySeconds: number, priority: number): Promise<void> {
    await this.database.execute(ENQUEUE, [
      envelope.job,
      JSON.stringify(envelope),
      storedKey(envelope),
      delaySeconds,
      envelope.maxAttempts,
      priority,
    ]);
  }

  /** Schedules the next attempt of a failed job. */
  async postpone(queueId: string, revision: number, attempts: number, pauseMs: number): Promise<void> {
    await this.database.execute(POSTPONE, [queueId, revision, attempts, pauseMs]);
  }

  /**
   * Removes and returns one or all jobs that have no attempts left and are not running. Each job is returned to one
   * caller only.
   */
  removeExhausted(queueId: string | null): Promise<ExhaustedJob[]> {
    return this.database.rows<ExhaustedJob & Record<string, unknown>>(REMOVE_EXHAUSTED, [queueId]);
  }

  /** Returns the IDs of the workers that hold jobs, including dead ones. */
  async listWorkerIds(): Promise<string[]> {
    return (await this.database.rows<{ workerId: string }>(LIST_WORKER_IDS)).map(({ workerId }) => workerId);
  }

  /** Releases the jobs that these workers hold. */
  async release(workerIds: readonly string[]): Promise<void> {
    await this.database.execute(RELEASE, [workerIds]);
  }
}
