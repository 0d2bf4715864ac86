import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';
import type { SignInAttempts } from './sign-in-delay.js';

interface SignInAttemptsRow {
  readonly key: string;
  readonly failures: number;
  readonly locked_until: string | null;
  readonly failed_at: string;
}

const LOCK = statement(
  'teams.lock-sign-in-attempts',
  `insert into teams.sign_in_attempts (key, failures, failed_at) select key, 0, $2 from unnest($1::text[]) as key
     order by key
   on conflict (key) do update set key = excluded.key returning key, failures, locked_until, failed_at`,
);
const SAVE = statement(
  'teams.save-sign-in-attempts',
  `update teams.sign_in_attempts t set failures = u.failures, locked_until = u.locked_until, failed_at = u.failed_at
   from unnest($1::text[], $2::int[], $3::timestamptz[], $4::timestamptz[]) as u (key, failures, locked_until,
     failed_at) where t.key = u.key`,
);
const CLEAR = statement('teams.clear-sign-in-attempts', 'delete from teams.sign_in_attempts where key = $1');
const PRUNE = statement('teams.prune-sign-in-attempts', 'delete from teams.sign_in_attempts where failed_at < $1');

/** Rows of `teams.sign_in_attempts`. They belong to addresses and accounts, not to workspaces. */
@Injectable()
export class SignInAttemptsRepository {
  constructor(private readonly database: Database) {}

  /** Returns the attempts under each key, locked until the transaction ends. */
  async lock(keys: readonly string[], now: Date): Promise<Map<string, SignInAttempts>> {
    const rows = await this.database.rows<SignInAttemptsRow>(LOCK, [keys, now]);
    return new Map(
      rows.map((row) => [
        row.key,
        {
          failures: row.failures,
          lockedUntil: row.locked_until === null ? null : new Date(row.locked_until),
          failedAt: new Date(row.failed_at),
        },
      ]),
    );
  }

  async save(attempts: ReadonlyMap<string, SignInAttempts>): Promise<void> {
    const all = [...attempts.values()];
    await this.database.execute(SAVE, [
      [...attempts.keys()],
      all.map(({ failures }) => failures),
      all.map(({ lockedUntil }) => lockedUntil),
      all.map(({ failedAt }) => failedAt),
    ]);
  }

  async clear(key: string): Promise<void> {
    await this.database.execute(CLEAR, [key]);
  }

  async prune(before: Date): Promise<void> {
    await this.database.execute(PRUNE, [before]);
  }
}
