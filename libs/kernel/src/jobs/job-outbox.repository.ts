import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { storedKey, type JobEnvelope } from './job-envelope.js';

/** A job that was committed and has yet to be handed to Redis. */
export interface OutboxJob {
  readonly envelope: JobEnvelope;
  /** Milliseconds until its first attempt; negative when that is past. */
  readonly delayMs: number;
}

const ADD = statement(
  'kernel.add-job-to-outbox',
  `insert into kernel.job_outbox (id, job, payload, key, run_at, attempts, tried_at)
   values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5::double precision), $6, clock_timestamp())`,
);
const TAKE_KEY = statement(
  'kernel.take-job-key',
  `insert into kernel.job_keys (key, job_id) values ($1, $2) on conflict (key) do update set job_id = excluded.job_id`,
);
const CLAIM_FORGOTTEN = statement(
  'kernel.claim-forgotten-jobs',
  `update kernel.job_outbox set tried_at = clock_timestamp() where id in (
     select id from kernel.job_outbox where tried_at < clock_timestamp() - make_interval(secs => $1::double precision / 1000) and job = any($2)
     order by tried_at limit $3 for update skip locked
   ) returning payload as envelope, extract(epoch from run_at - clock_timestamp()) * 1000 as "delayMs"`,
);
const REMOVE = statement('kernel.remove-jobs-from-outbox', `delete from kernel.job_outbox where id = any($1)`);
const IS_CURRENT = statement('kernel.is-current-job', `select 1 as yes from kernel.job_keys where key = $1 and job_id = $2`);
const DROP_KEY = statement('kernel.drop-job-key', `delete from kernel.job_keys where key = $1 and job_id = $2`);

/**
 * Jobs on their way to Redis, and which job stands for a key: a job that does not stand for its key, because a newer
 * one took it or because it has been settled, is not run. Everything but {@link add} needs the rights of the system.
 */
@Injectable()
export class JobOutboxRepository {
  constructor(private readonly database: Database) {}

  async add(envelope: JobEnvelope, delaySeconds: number): Promise<void> {
    const key = storedKey(envelope);
    if (key !== null) await this.database.execute(TAKE_KEY, [key, envelope.id]);
    await this.database.execute(ADD, [envelope.id, envelope.job, JSON.stringify(envelope), key, delaySeconds, envelope.mostAttempts]);
  }

  /** Jobs that nobody has tried to hand over for so long, the longest waiting first; they then count as just tried. */
  claimForgotten(olderThanMs: number, jobs: readonly string[], limit: number): Promise<OutboxJob[]> {
    return this.database.rows<OutboxJob & Record<string, unknown>>(CLAIM_FORGOTTEN, [olderThanMs, jobs, limit]);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.database.execute(REMOVE, [ids]);
  }

  /** Whether the job stands for its key; one without a key always does. */
  async isCurrent(envelope: JobEnvelope): Promise<boolean> {
    const key = storedKey(envelope);
    return key === null || (await this.database.row(IS_CURRENT, [key, envelope.id])) !== null;
  }

  /** A settled job stands for its key no more. */
  async settle(envelope: JobEnvelope): Promise<void> {
    const key = storedKey(envelope);
    if (key !== null) await this.database.execute(DROP_KEY, [key, envelope.id]);
  }
}
