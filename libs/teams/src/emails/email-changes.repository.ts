import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

/** E-mail change with a token. */
export interface PendingEmailChangeRow {
  readonly [column: string]: unknown;
  readonly email: string;
  /** Name of the user. */
  readonly name: string;
  readonly expires_at: string;
}

/** E-mail change of a token. */
export interface TokenEmailChangeRow {
  readonly [column: string]: unknown;
  readonly user_id: string;
  readonly email: string;
  readonly expires_at: string;
}

/** User and new address of a confirmed change. */
export interface ConfirmedEmailChangeRow {
  readonly [column: string]: unknown;
  readonly user_id: string;
  readonly email: string;
  /** True if the link was mailed to the new address, which proves it. */
  readonly mailed: boolean;
}

const IS_PENDING = 'used_at is null and expires_at >';
const ADD = statement(
  'teams.add-email-change',
  'insert into teams.email_changes (id, user_id, email, expires_at) values ($1, $2, $3, $4)',
);
const FIND_PENDING = statement(
  'teams.find-pending-email-change',
  `select id from teams.email_changes where user_id = $1 and ${IS_PENDING} $2`,
);
const SET_TOKEN = statement(
  'teams.set-email-change-token',
  `update teams.email_changes c set token_hash = $2, mailed = $4 from teams.users u
     where c.id = $1 and u.id = c.user_id and c.${IS_PENDING} $3 returning c.email, u.name, c.expires_at`,
);
const USE_TOKEN = statement(
  'teams.use-email-change-token',
  `update teams.email_changes set used_at = $2 where token_hash = $1 and ${IS_PENDING} $2 returning user_id, email,
     mailed`,
);
const FIND_BY_TOKEN = statement(
  'teams.find-email-change-by-token',
  `select user_id, email, expires_at from teams.email_changes where token_hash = $1 and ${IS_PENDING} $2`,
);
const REVOKE_ALL = statement(
  'teams.revoke-email-changes',
  'update teams.email_changes set used_at = $2 where user_id = $1 and used_at is null',
);
const COUNT = statement(
  'teams.count-email-changes',
  'select count(*) as count from teams.email_changes where user_id = $1 and created_at > $2',
);
const PRUNE = statement('teams.prune-email-changes', 'delete from teams.email_changes where expires_at < $1');

/**
 * Rows of `teams.email_changes`. They belong to users, not to workspaces: the holder of a token has no workspace yet.
 */
@Injectable()
export class EmailChangesRepository {
  constructor(private readonly database: Database) {}

  async add(id: string, userId: string, email: string, expiresAt: Date): Promise<void> {
    await this.database.execute(ADD, [id, userId, email, expiresAt]);
  }

  /** ID of the pending change of a user. */
  async findPending(userId: string, now: Date): Promise<string | null> {
    return (await this.database.row<{ id: string }>(FIND_PENDING, [userId, now]))?.id ?? null;
  }

  /** Sets a new token, mailed to the new address or not; null if the change is no longer pending. */
  setToken(id: string, tokenHash: string, now: Date, mailed: boolean): Promise<PendingEmailChangeRow | null> {
    return this.database.row<PendingEmailChangeRow>(SET_TOKEN, [id, tokenHash, now, mailed]);
  }

  /** Finds the change of a valid token. */
  findByToken(tokenHash: string, now: Date): Promise<TokenEmailChangeRow | null> {
    return this.database.row<TokenEmailChangeRow>(FIND_BY_TOKEN, [tokenHash, now]);
  }

  /** Marks a token as used and returns its change; null if the token is not valid. */
  useToken(tokenHash: string, now: Date): Promise<ConfirmedEmailChangeRow | null> {
    return this.database.row<ConfirmedEmailChangeRow>(USE_TOKEN, [tokenHash, now]);
  }

  /** Revokes all changes of a user. */
  async revokeAll(userId: string, now: Date): Promise<void> {
    await this.database.execute(REVOKE_ALL, [userId, now]);
  }

  async countSince(userId: string, since: Date): Promise<number> {
    return (await this.database.row<{ count: number }>(COUNT, [userId, since]))!.count;
  }

  async prune(before: Date): Promise<void> {
    await this.database.execute(PRUNE, [before]);
  }
}
