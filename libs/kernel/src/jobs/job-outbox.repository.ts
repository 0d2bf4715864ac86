import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { storedKey, type JobEnvelope } from './job-envelope.js';

/** Committed job to be published to Redis. */
export interface OutboxJob {
  readonly envelope: JobEnvelope;
  /** Milliseconds until the first attempt; negative if it is overdue. */
  readonly delayMs: number;
}

const ADD = statement(
  'kernel.add-job-to-outbox',
  `insert into kernel.job_outbox (id, job, payload, key, run_at, attempts, publish_at)
   values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5::double precision), $6,
     clock_timestamp() + make_interval(secs => $7::double precision / 1000))`,
);
const CLAIM_KEY = statement(
  'kernel.claim-job-key',
  `insert into kernel.job_keys (key, job_id) values ($1, $2) on conflict (key) do update set job_id = excluded.job_id`,
);
const CLAIM_OVERDUE = statement(
  'kernel.claim-overdue-jobs',
  `update kernel.job_outbox set publish_at = clock_timestamp() + make_interval(secs => $1::double precision / 1000)
   where id in (
     select id from kernel.job_outbox where publish_at < clock_timestamp() and job = any($2)
     order by publish_at limit $3 for update skip locked
   ) returning payload as envelope, extract(epoch from run_at - clock_timestamp()) * 1000 as "delayMs"`,
);
const MARK_PUBLISHED = statement(
  'kernel.mark-jobs-published',
  `update kernel.job_outbox
   set publish_at = greatest(run_at, clock_timestamp()) + make_interval(secs => $2::double precision / 1000)
   where id = any($1)`,
);
const IS_CURRENT = statement(
  'kernel.is-current-job',
  `select 1 as yes from kernel.job_outbox
   where id = $1 and ($2::text is null or exists (select from kernel.job_keys where key = $2 and job_id = $1))`,
);
const SETTLE = statement(
  'kernel.settle-job',
  `with settled as (delete from kernel.job_outbox where id = $1)
   delete from kernel.job_keys where key = $2 and job_id = $1`,
);

/**
 * Jobs that Redis has to run, each until it is settled, and the current job of each key. A job is not run if a newer
 * one has its key or if it is settled. Everything except {@link add} requires system privileges.
 */
@Injectable()
export class JobOutboxRepository {
  constructor(private readonly database: Database) {}

  /** Adds a job. It is published periodically unless it is published within `graceMs`. */
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

  /** Claims jobs that are due to be published, longest waiting first. They are not returned again for `graceMs`. */
  claimOverdue(graceMs: number, jobs: readonly string[], limit: number): Promise<OutboxJob[]> {
    return this.database.rows<OutboxJob & Record<string, unknown>>(CLAIM_OVERDUE, [graceMs, jobs, limit]);
  }

  /**
   * Records that Redis has the jobs. A job that is not settled within `republishAfterMs` after it is due is published
   * again.
   */
  async markPublished(ids: readonly string[], republishAfterMs: number): Promise<void> {
    await this.database.execute(MARK_PUBLISHED, [ids, republishAfterMs]);
  }

  /** Returns true if the job still has to run: it is neither settled nor replaced under its key. */
  async isCurrent(envelope: JobEnvelope): Promise<boolean> {
    return (await this.database.row(IS_CURRENT, [envelope.id, storedKey(envelope)])) !== null;
  }

  /** Removes a job that has run, was parked or was replaced, and frees its key. */
  async settle(envelope: JobEnvelope): Promise<void> {
    await this.database.execute(SETTLE, [envelope.id, storedKey(envelope)]);
  }
}
