import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

/** Account and the workspaces that it gives access to. */
export interface AccountRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password_hash: string | null;
  /** True if the account belongs to one workspace, and does not hold its address on the whole server. */
  readonly is_local: boolean;
  /** True if no other account has the address and a password. */
  readonly is_only_account: boolean;
  readonly workspaces: readonly {
    readonly id: string;
    readonly name: string;
    /** BCP 47 language tag. */
    readonly locale: string;
    /** True if the user can sign in to it with their password. */
    readonly by_password: boolean;
  }[];
}

/** Sign-in data of a member. */
export interface LoginRow {
  readonly [column: string]: unknown;
  readonly email: string;
  readonly password_hash: string | null;
  readonly workspace_name: string;
}

/** Accounts with one address that a sign-in tries, at most. */
const MAX_ACCOUNTS = 5;

const COLUMNS = `u.id, u.name, u.email, u.password_hash, u.home_workspace_id is not null as is_local,
     not exists (select 1 from teams.users o where lower(o.email) = lower(u.email) and o.id <> u.id
       and o.password_hash is not null) as is_only_account,
     coalesce((select json_agg(json_build_object('id', w.id, 'name', w.name, 'locale', w.locale,
       'by_password', m.role = 'owner' or coalesce((w.settings->>'password_sign_in')::boolean, true))
         order by m.created_at, w.id) from teams.memberships m
       join teams.workspaces w on w.id = m.workspace_id
         where m.user_id = u.id and m.status = 'active'), '[]') as workspaces`;
const FIND = statement('teams.find-account', `select ${COLUMNS} from teams.users u where u.id = $1`);
const LIST_BY_EMAIL = statement(
  'teams.list-accounts-by-email',
  `select ${COLUMNS} from teams.users u where lower(u.email) = lower($1) and u.copied_from is null
     and exists (select 1 from teams.memberships m where m.user_id = u.id and m.status = 'active'
       and ($2::uuid is null or m.workspace_id = $2))
   order by u.home_workspace_id is not null, u.created_at, u.id limit ${MAX_ACCOUNTS}`,
);
const IS_EMAIL_HELD = statement(
  'teams.is-email-held',
  `select exists (select 1 from teams.users where lower(email) = lower($1) and home_workspace_id is null
     and id is distinct from $2) as held`,
);
const FIND_LOGIN = statement(
  'teams.find-login',
  `select u.email, u.password_hash, w.name as workspace_name from teams.memberships m
     join teams.users u on u.id = m.user_id join teams.workspaces w on w.id = m.workspace_id
     where m.workspace_id = $1 and m.user_id = $2`,
);
const IS_OWN_PROOF = statement(
  'teams.is-own-proof',
  `select u.home_workspace_id is not null or coalesce(s.by_password, k.by_password, false) as proven
   from teams.users u left join teams.sessions s on s.id = $2 and s.user_id = u.id
   left join teams.api_keys k on k.id = $2 and k.user_id = u.id where u.id = $1`,
);
const SET_PASSWORD = statement(
  'teams.set-password',
  'update teams.users set password_hash = $2, sessions_valid_from = now(), updated_at = now() where id = $1',
);
const SET_FIRST_PASSWORD = statement(
  'teams.set-first-password',
  `update teams.users set password_hash = $2, name = coalesce($3, name), sessions_valid_from = now(), updated_at = now()
     where id = $1 and password_hash is null`,
);
const SET_EMAIL = statement(
  'teams.set-email',
  `with before as (select email from teams.users where id = $1 for update) update teams.users u
     set email = $2, updated_at = now() from before where u.id = $1 returning before.email`,
);
const LOCK_EMAIL = statement(
  'teams.lock-account-email',
  `select pg_advisory_xact_lock(hashtextextended('parley.account:' || lower(email), 0)) from teams.users where id = $1`,
);
const CLAIM_EMAIL = statement(
  'teams.claim-account-email',
  `update teams.users u set home_workspace_id = null where u.id = $1 and u.home_workspace_id is not null
     and not exists (select 1 from teams.users o where lower(o.email) = lower(u.email) and o.home_workspace_id is null)
     and not exists (select 1 from teams.second_factors f where f.user_id = u.id and f.enabled_at is not null)`,
);
const DISTRUST_KEYS = statement(
  'teams.distrust-api-keys',
  'update teams.api_keys set by_password = false where user_id = $1',
);
const RELEASE_EMAIL = statement(
  'teams.release-account-email',
  `update teams.users u set home_workspace_id = m.workspace_id from teams.memberships m
   where u.id = $1 and m.user_id = u.id and u.home_workspace_id is null
     and not exists (select 1 from teams.memberships o where o.user_id = u.id and o.workspace_id <> m.workspace_id)`,
);

/**
 * Rows of `teams.users` as accounts: how users sign in. An account holds its address on the whole server, or belongs to
 * one workspace (ADR 14).
 */
@Injectable()
export class AccountsRepository {
  constructor(private readonly database: Database) {}

  find(userId: string): Promise<AccountRow | null> {
    return this.database.row<AccountRow>(FIND, [userId]);
  }

  /**
   * Lists the accounts with this address that can sign in, to one workspace if it is given. The account that holds the
   * address is first.
   */
  listByEmail(email: string, workspaceId: string | null): Promise<AccountRow[]> {
    return this.database.rows<AccountRow>(LIST_BY_EMAIL, [email, workspaceId]);
  }

  /** True if an account, other than that of the given user, holds this address on the whole server. */
  async isEmailHeld(email: string, exceptUserId: string | null = null): Promise<boolean> {
    return (await this.database.row<{ held: boolean }>(IS_EMAIL_HELD, [email, exceptUserId]))!.held;
  }

  /** Returns the sign-in data of a member. */
  findLogin(workspaceId: string, userId: string): Promise<LoginRow | null> {
    return this.database.row<LoginRow>(FIND_LOGIN, [workspaceId, userId]);
  }

  /** True if a session or key was obtained with the user's own password, or if their account is local. */
  async isProven(userId: string, credentialId: string): Promise<boolean> {
    return (await this.database.row<{ proven: boolean }>(IS_OWN_PROOF, [userId, credentialId]))?.proven ?? false;
  }

  /** Sets the password of an account and ends all of its existing sessions. */
  async setPassword(userId: string, passwordHash: string): Promise<void> {
    await this.database.execute(SET_PASSWORD, [userId, passwordHash]);
  }

  /**
   * Sets the password of an account without one, and its name unless it is null. Returns false if the account has a
   * password by now.
   */
  async setFirstPassword(userId: string, passwordHash: string, name: string | null): Promise<boolean> {
    return (await this.database.execute(SET_FIRST_PASSWORD, [userId, passwordHash, name])) > 0;
  }

  /**
   * Sets the e-mail of an account and returns the previous one. Fails on the constraints `users_email` and
   * `users_workspace_email` if another account has it.
   */
  async setEmail(userId: string, email: string): Promise<string> {
    return (await this.database.row<{ email: string }>(SET_EMAIL, [userId, email]))!.email;
  }

  /**
   * Lets a local account hold its address, after its user has proved the address. Has no effect if another account
   * holds it, or if a second factor is enabled, which the owner of the address may not have. Keys from before the proof
   * can no longer change the account.
   */
  async claimEmail(userId: string): Promise<void> {
    await this.database.execute(LOCK_EMAIL, [userId]);
    if ((await this.database.execute(CLAIM_EMAIL, [userId])) > 0) await this.database.execute(DISTRUST_KEYS, [userId]);
  }

  /** Makes an account local to its only workspace. Returns false if it has several. */
  async releaseEmail(userId: string): Promise<boolean> {
    return (await this.database.execute(RELEASE_EMAIL, [userId])) > 0;
  }
}
