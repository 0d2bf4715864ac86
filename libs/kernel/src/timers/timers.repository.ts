import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import type { Timer } from './timer.js';

/** Timer that is due. */
export interface DueTimer extends Omit<Timer, 'dueAt'> {
  readonly id: string;
  readonly dueAt: string;
  readonly attempts: number;
}

const SET = statement(
  'kernel.set-timer',
  `insert into kernel.timers (id, workspace_id, kind, key, payload, due_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (kind, key) do update set payload = excluded.payload, due_at = excluded.due_at, attempts = 0`,
);
const CANCEL = statement(
  'kernel.cancel-timer',
  `delete from kernel.timers where workspace_id = $1 and kind = $2 and key = $3`,
);
const LIST_DUE = statement(
  'kernel.list-due-timers',
  `select id, workspace_id as "workspaceId", kind, key, payload, due_at as "dueAt", attempts from kernel.timers
   where due_at <= $1 and kind = any($2) order by due_at, id limit $3`,
);
const CLAIM = statement(
  'kernel.claim-timer',
  `delete from kernel.timers where id = (
     select id from kernel.timers where id = $1 and due_at = $2 and attempts = $3 for update skip locked
   )`,
);
const REMOVE = statement(
  'kernel.remove-timer',
  `delete from kernel.timers where id = $1 and due_at = $2 and attempts = $3`,
);
const POSTPONE = statement(
  'kernel.postpone-timer',
  `update kernel.timers set due_at = $4, attempts = attempts + 1 where id = $1 and due_at = $2 and attempts = $3`,
);
/** Rows of timers that have not fired yet. */
@Injectable()
export class TimersRepository {
  constructor(private readonly database: Database) {}

  async set(timer: Timer): Promise<void> {
    await this.database.execute(SET, [
      newId(),
      timer.workspaceId,
      timer.kind,
      timer.key,
      JSON.stringify(timer.payload),
      timer.dueAt,
    ]);
  }

  async cancel(workspaceId: string, kind: string, key: string): Promise<void> {
    await this.database.execute(CANCEL, [workspaceId, kind, key]);
  }

  /** Returns the timers that have been due longest, without locking them. */
  listDue(now: Date, kinds: readonly string[], limit: number): Promise<DueTimer[]> {
    return this.database.rows<DueTimer & Record<string, unknown>>(LIST_DUE, [now, kinds, limit]);
  }

  /**
   * Removes a timer in order to fire it; false if it was changed since it was read or if another transaction has locked
   * it. Does not wait for locks. Requires a unit of work.
   */
  async claim({ id, dueAt, attempts }: DueTimer): Promise<boolean> {
    return (await this.database.execute(CLAIM, [id, dueAt, attempts])) === 1;
  }

  /** Removes a timer; false if it was set again, fired or attempted by another process since it was read. Waits for locks. */
  async remove({ id, dueAt, attempts }: DueTimer): Promise<boolean> {
    return (await this.database.execute(REMOVE, [id, dueAt, attempts])) === 1;
  }

  /** Schedules the next attempt of a failed timer. Does nothing if the timer has changed since it was read. */
  async postpone({ id, dueAt, attempts }: DueTimer, until: Date): Promise<void> {
    await this.database.execute(POSTPONE, [id, dueAt, attempts, until]);
  }
}
