import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

/** User of a reset token. */
export interface PasswordResetUserRow {
  readonly id: string;
  readonly email: string;
  /** True if the link was mailed, which proves the address. */
  readonly mailed: boolean;
  readonly expires_at: string;
}

const ADD = statement(
  'teams.add-password-reset',
  'insert into teams.password_resets (token_hash, user_id, expires_at, mailed) values ($1, $2, $3, $4)',
);
const FIND_USER = statement(
  'teams.find-password-reset-user',
  `select u.id, u.email, r.mailed, r.expires_at from teams.password_resets r join teams.users u on u.id = r.user_id
     where r.token_hash = $1 and r.used_at is null and r.expires_at > $2`,
);
const USE_TOKEN = statement(
  'teams.use-password-reset',
  'update teams.password_resets set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2',
);
const REVOKE_ALL = statement(
  'teams.revoke-password-resets',
  'update teams.password_resets set used_at = $2 where user_id = $1 and used_at is null',
);
const COUNT = statement(
  'teams.count-password-resets',
  'select count(*) as count from teams.password_resets where user_id = $1 and created_at > $2',
);
const LOCK_USER = statement(
  'teams.lock-password-reset-user',
  `select id from teams.users
   where id = $1 for no key update`,
);
const PRUNE = statement('teams.prune-password-resets', 'delete from teams.password_resets where expires_at < $1');

/**
 * Rows of `teams.password_resets`. They belong to users, not to workspaces: the holder of a token has no workspace yet.
 */
@Injectable()
export class PasswordResetsRepository {
  constructor(private readonly database: Database) {}

  async add(tokenHash: string, userId: string, expiresAt: Date, mailed: boolean): Promise<void> {
    await this.database.execute(ADD, [tokenHash, userId, expiresAt, mailed]);
  }

  /** Finds the user of a valid token. */
  findUser(tokenHash: string, now: Date): Promise<PasswordResetUserRow | null> {
    return this.database.row<PasswordResetUserRow & Record<string, unknown>>(FIND_USER, [tokenHash, now]);
  }

  /** Marks a token as used; false if it is already used or expired. */
  async useToken(tokenHash: string, now: Date): Promise<boolean> {
    return (await this.database.execute(USE_TOKEN, [tokenHash, now])) > 0;
  }

  /** Revokes all tokens of a user. */
  async revokeAll(userId: string, now: Date): Promise<void> {
    await this.database.execute(REVOKE_ALL, [userId, now]);
  }

  /** Counts the tokens issued to a user since then, and blocks others from being issued until the transaction ends. */
  async lockAndCountSince(userId: string, since: Date): Promise<number> {
    await this.database.execute(LOCK_USER, [userId]);
    return (await this.database.row<{ count: number }>(COUNT, [userId, since]))!.count;
  }

  async prune(before: Date): Promise<void> {
    await this.database.execute(PRUNE, [before]);
  }
}
