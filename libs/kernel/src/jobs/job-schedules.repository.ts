import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';

/** Schedule as the code declares it. */
export interface DeclaredSchedule {
  readonly job: string;
  readonly everySeconds: number;
}

const SAVE = statement(
  'kernel.save-job-schedules',
  `insert into kernel.job_schedules as existing (job, every_seconds, due_at)
   select job, every, clock_timestamp() + make_interval(secs => every)
   from unnest($1::text[], $2::double precision[]) as declared (job, every) order by job
   on conflict (job) do update
   set every_seconds = excluded.every_seconds, due_at = least(existing.due_at, excluded.due_at)
   where existing.every_seconds <> excluded.every_seconds`,
);
// Another process can have schedules that this one does not know. Their time stays in the future.
const REMOVE_ABANDONED = statement(
  'kernel.remove-abandoned-job-schedules',
  `delete from kernel.job_schedules where job <> all($1) and due_at < clock_timestamp() - interval '1 day'`,
);
const CLAIM_DUE = statement(
  'kernel.claim-due-job-schedules',
  `update kernel.job_schedules
   set enqueued_at = clock_timestamp(), due_at = due_at + make_interval(secs => every_seconds *
     (1 + floor(extract(epoch from clock_timestamp() - due_at)::double precision / every_seconds)))
   where job in (
     select job from kernel.job_schedules where job = any($1) and due_at <= clock_timestamp()
     order by job for update skip locked
   ) returning job`,
);
const NEXT_DUE = statement(
  'kernel.next-due-job-schedule',
  `select extract(epoch from min(due_at) - clock_timestamp())::double precision * 1000 as "dueInMs"
   from kernel.job_schedules where job = any($1)`,
);

/** Schedules of periodic jobs. Times are those of the database. Requires system privileges. */
@Injectable()
export class JobSchedulesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Saves the declared schedules. A new schedule is due after its interval; a changed one after the shorter of its old
   * and new remaining time. Removes schedules that no process has used for a day.
   */
  async save(schedules: readonly DeclaredSchedule[]): Promise<void> {
    const jobs = schedules.map(({ job }) => job);
    await this.database.execute(SAVE, [jobs, schedules.map(({ everySeconds }) => everySeconds)]);
    await this.database.execute(REMOVE_ABANDONED, [jobs]);
  }

  /**
   * Returns those of the jobs that are due, and moves each to its next time in the future. Requires a unit of work;
   * schedules that another process has claimed are skipped.
   */
  async claimDue(jobs: readonly string[]): Promise<string[]> {
    return (await this.database.rows<{ job: string }>(CLAIM_DUE, [jobs])).map(({ job }) => job);
  }

  /** Returns the milliseconds until the next of the jobs is due, or null if none is scheduled. */
  async msUntilDue(jobs: readonly string[]): Promise<number | null> {
    return (await this.database.row<{ dueInMs: number | null }>(NEXT_DUE, [jobs]))?.dueInMs ?? null;
  }
}
