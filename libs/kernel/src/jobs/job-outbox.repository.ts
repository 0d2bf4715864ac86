import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { storedKey, type JobEnvelope } from './job-envelope.js';

/** A job that was committed and is to be handed to Redis. */
export interface OutboxJob {
  readonly envelope: JobEnvelope;
  /** Milliseconds until its first attempt; negative when that is past. */
  readonly delayMs: number;
}

const ADD = statement(
  'kernel.add-job-to-outbox',
  `insert into kernel.job_outbox (id, job, payload, key, run_at, attempts, hand_over_at)
   values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5::double precision), $6, clock_timestamp() + make_interval(secs => $7::double precision / 1000))`,
);
const CLAIM_KEY = statement(
  'kernel.take-job-key',
  `insert into kernel.job_keys (key, job_id) values ($1, $2) on conflict (key) do update set job_id = excluded.job_id`,
);
const CLAIM_OVERDUE = statement(
  'kernel.claim-forgotten-jobs',
  `update kernel.job_outbox set hand_over_at = clock_timestamp() + make_interval(secs => $1::double precision / 1000) where id in (
     select id from kernel.job_outbox where hand_over_at < clock_timestamp() and job = any($2) order by hand_over_at limit $3 for update skip locked
   ) returning payload as envelope, extract(epoch from run_at - clock_timestamp()) * 1000 as "delayMs"`,
);
const MARK_PUBLISHED = statement(
  'kernel.jobs-handed-over',
  `update kernel.job_outbox set hand_over_at = greatest(run_at, clock_timestamp()) + make_interval(secs => $2::double precision / 1000) where id = any($1)`,
);
const IS_CURRENT = statement(
  'kernel.is-current-job',
  `select 1 as yes from kernel.job_outbox where id = $1 and ($2::text is null or exists (select from kernel.job_keys where key = $2 and job_id = $1))`,
);
const SETTLE = statement(
  'kernel.settle-job',
  `with settled as (delete from kernel.job_outbox where id = $1) delete from kernel.job_keys where key = $2 and job_id = $1`,
);

/**
 * The jobs that Redis is to run, each until it is settled, and which job stands for a key: a job that does not stand
 * for its key, because a newer one took it, is not run, and neither is one that has been settled. Everything but
 * {@link add} needs the rights of the system.
 */
@Injectable()
export class JobOutboxRepository {
  constructor(private readonly database: Database) {}

  /** Adds a job, which the relay takes up after `patienceMs` unless it was handed over by then. */
  async add(envelope: JobEnvelope, delaySeconds: number, graceMs: number): Promise<void> {
    const key = storedKey(envelope);
    if (key !== null) await this.database.execute(CLAIM_KEY, [key, envelope.id]);
    await this.database.execute(ADD, [
      envelope.id,
      envelope.job,
      JSON.stringify(envelope),
      key,
      delaySeconds,
      envelope.maxAttempts,
      graceMs,
    ]);
  }

  /** Jobs whose time to be handed over has come, the longest waiting first; nobody else is given them for `patienceMs`. */
  claimOverdue(graceMs: number, jobs: readonly string[], limit: number): Promise<OutboxJob[]> {
    return this.database.rows<OutboxJob & Record<string, unknown>>(CLAIM_OVERDUE, [graceMs, jobs, limit]);
  }

  /** Redis has the jobs; those that are not settled `againMs` after they are due are handed over again. */
  async markPublished(ids: readonly string[], republishAfterMs: number): Promise<void> {
    await this.database.execute(MARK_PUBLISHED, [ids, republishAfterMs]);
  }

  /** Whether the job is still to be run: not settled, and not replaced under its key. */
  async isCurrent(envelope: JobEnvelope): Promise<boolean> {
    return (await this.database.row(IS_CURRENT, [envelope.id, storedKey(envelope)])) !== null;
  }

  /** The job has run, was parked or was replaced: it is never run again, and stands for its key no more. */
  async settle(envelope: JobEnvelope): Promise<void> {
    await this.database.execute(SETTLE, [envelope.id, storedKey(envelope)]);
  }
}
