import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

/** A change that has been given a token. */
export interface PendingEmailChangeRow {
  readonly [column: string]: unknown;
  readonly email: string;
  /** What the person is called. */
  readonly name: string;
  readonly expires_at: string;
}

/** Whose e-mail a token changes. */
export interface ConfirmedEmailChangeRow {
  readonly [column: string]: unknown;
  readonly user_id: string;
  readonly email: string;
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
  'teams.arm-email-change',
  `update teams.email_changes c set token_hash = $2 from teams.users u where c.id = $1 and u.id = c.user_id and c.${IS_PENDING} $3 returning c.email, u.name, c.expires_at`,
);
const USE_TOKEN = statement(
  'teams.take-email-change',
  `update teams.email_changes set used_at = $2 where token_hash = $1 and ${IS_PENDING} $2 returning user_id, email`,
);
const REVOKE_ALL = statement(
  'teams.void-email-changes',
  'update teams.email_changes set used_at = $2 where user_id = $1 and used_at is null',
);
const COUNT = statement(
  'teams.count-email-changes',
  'select count(*) as count from teams.email_changes where user_id = $1 and created_at > $2',
);
const PRUNE = statement('teams.prune-email-changes', 'delete from teams.email_changes where expires_at < $1');

/** Rows of `teams.email_changes`. Whoever holds a token has no workspace yet: these are of people, not of workspaces. */
@Injectable()
export class EmailChangesRepository {
  constructor(private readonly database: Database) {}

  async add(id: string, userId: string, email: string, expiresAt: Date): Promise<void> {
    await this.database.execute(ADD, [id, userId, email, expiresAt]);
  }

  /** Id of the change that a user has asked for and not confirmed. */
  async findPending(userId: string, now: Date): Promise<string | null> {
    return (await this.database.row<{ id: string }>(FIND_PENDING, [userId, now]))?.id ?? null;
  }

  /** Gives a change another token; null when it waits for none any more. */
  setToken(id: string, tokenHash: string, now: Date): Promise<PendingEmailChangeRow | null> {
    return this.database.row<PendingEmailChangeRow>(SET_TOKEN, [id, tokenHash, now]);
  }

  /** Uses a token up, and gives what it changes; null for one that is no good. */
  useToken(tokenHash: string, now: Date): Promise<ConfirmedEmailChangeRow | null> {
    return this.database.row<ConfirmedEmailChangeRow>(USE_TOKEN, [tokenHash, now]);
  }

  /** Takes all changes of a user back. */
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
