import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { storedKey, type JobEnvelope } from './job-envelope.js';

/** A job that was taken out of the queue because its attempts were used up. */
export interface ExhaustedJob {
  readonly queueId: string;
  readonly envelope: JobEnvelope;
  readonly attempts: number;
  readonly lastError: string | null;
  /** A newer job with its key has taken its place. */
  readonly replaced: boolean;
}

const ENQUEUE = statement('kernel.enqueue-job', `select kernel.enqueue_job($1, $2, $3, $4, $5)`);

// A job that was replaced or rescheduled meanwhile is no longer as it was when it failed, and is left alone.
const POSTPONE = statement(
  'kernel.postpone-job',
  `select from graphile_worker.jobs j,
     lateral graphile_worker.reschedule_jobs(array[j.id], run_at => clock_timestamp() + make_interval(secs => $4::double precision / 1000)) r
   where j.id = $1::bigint and j.revision = $2 and j.attempts = $3 and j.locked_at is null`,
);

const REMOVE_EXHAUSTED = statement(
  'kernel.take-exhausted-jobs',
  `select taken.id::text as "queueId", taken.payload as envelope, taken.attempts, taken.last_error as "lastError",
     (taken.payload->>'key') is not null and taken.key is null as replaced
   from graphile_worker.complete_jobs(array(
     select id from graphile_worker.jobs where attempts >= max_attempts and locked_at is null and ($1::bigint is null or id = $1) limit 500
   )) taken`,
);

const LIST_WORKER_IDS = statement(
  'kernel.job-holders',
  `select distinct locked_by as "workerId" from graphile_worker.jobs where locked_by is not null`,
);

const RELEASE = statement('kernel.release-jobs', `select graphile_worker.force_unlock_workers($1::text[])`);

/** The queue on Postgres. Everything but {@link enqueue} needs the rights of the system. */
@Injectable()
export class PostgresJobsRepository {
  constructor(private readonly database: Database) {}

  async enqueue(envelope: JobEnvelope, delaySeconds: number): Promise<void> {
    await this.database.execute(ENQUEUE, [
      envelope.job,
      JSON.stringify(envelope),
      storedKey(envelope),
      delaySeconds,
      envelope.maxAttempts,
    ]);
  }

  /** Lets a failed job wait for its next attempt. */
  async postpone(queueId: string, revision: number, attempts: number, pauseMs: number): Promise<void> {
    await this.database.execute(POSTPONE, [queueId, revision, attempts, pauseMs]);
  }

  /** Removes jobs without an attempt left that nobody runs, one or all, and gives them. Each is given to one caller. */
  removeExhausted(queueId: string | null): Promise<ExhaustedJob[]> {
    return this.database.rows<ExhaustedJob & Record<string, unknown>>(REMOVE_EXHAUSTED, [queueId]);
  }

  /** Ids of the workers that jobs are held by, dead ones among them. */
  async listWorkerIds(): Promise<string[]> {
    return (await this.database.rows<{ workerId: string }>(LIST_WORKER_IDS)).map(({ workerId }) => workerId);
  }

  /** Frees the jobs that these workers hold. */
  async release(workerIds: readonly string[]): Promise<void> {
    await this.database.execute(RELEASE, [workerIds]);
  }
}
