import { Injectable } from '@nestjs/common';
import type { Plan, Principal } from '@parley/kernel';
import { createBinder, Database, shortRead, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { hiddenInboxesSql } from '../inboxes/inbox-access-sql.js';
import type { SessionView } from './session.view.js';

/** New session. */
export interface NewSessionRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly refreshHash: string;
  readonly familyHash: string | null;
  /** True if the user signed in with their password. */
  readonly byPassword: boolean;
  readonly userAgent: string | null;
  readonly address: string | null;
  readonly expiresAt: Date;
}

/** Principal of a credential. */
export interface CredentialRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly user_id: string | null;
  readonly role: string;
  readonly plan: Plan;
  /** Only for a test key; its workspace is the sandbox, and its user the copy there. */
  readonly test_key_owner?: Principal['testKeyOwner'];
  /** Scopes of a key; null for a session. */
  readonly scopes: readonly string[] | null;
  /** Scopes of a custom role; null for a built-in role. */
  readonly role_scopes: readonly string[] | null;
  /** Inboxes whose conversations the user cannot see. */
  readonly hidden_inbox_ids: readonly string[];
  /** Name of a service key. */
  readonly name?: string | null;
  /** Expiry of a key. */
  readonly until?: string | null;
}

/** Session found by a refresh token. */
export interface RefreshableSessionRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly workspace_name: string;
  readonly user_id: string;
  /** True if the session was started with a password. */
  readonly by_password: boolean;
  /**
   * `current`; `replaced` by the current token a moment ago, so that the same client may have sent it twice; or
   * `reused`, which means that it was copied.
   */
  readonly token_state: 'current' | 'replaced' | 'reused';
  /** Salt that derives the current token from the replaced one; null before the first rotation. */
  readonly refresh_salt: string | null;
}

/** Replacement of the refresh token of a session. */
export interface RotatedToken {
  readonly refreshHash: string;
  readonly familyHash: string | null;
  readonly salt: string;
  readonly expiresAt: Date;
}

/** Use of a credential. */
export interface CredentialUse {
  readonly id: string;
  readonly at: Date;
  readonly address: string;
}

interface SessionRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
}

/** Time during which a replaced refresh token is accepted again, for clients that send requests at the same time. */
const REFRESH_GRACE_SECONDS = 10;

/** A session is active until it is revoked, expires, or all sessions of its user are ended. */
const IS_ACTIVE = 's.revoked_at is null and s.expires_at > now() and s.authenticated_at >= u.sessions_valid_from';

const ADD = statement(
  'teams.add-session',
  `insert into teams.sessions (id, workspace_id, user_id, refresh_hash, family_hash, user_agent, address, expires_at,
     by_password) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const FIND = shortRead(
  'teams.find-session',
  `select s.id, s.workspace_id, s.user_id, m.role, w.plan, null as scopes, r.scopes as role_scopes,
     ${hiddenInboxesSql('m.workspace_id', 'm.user_id', 'm.role')} as hidden_inbox_ids
   from teams.sessions s join teams.memberships m on m.workspace_id = s.workspace_id and m.user_id = s.user_id
     and m.status = 'active'
   join teams.workspaces w on w.id = s.workspace_id join teams.users u on u.id = s.user_id
   left join teams.roles r on r.workspace_id = m.workspace_id and r.id = m.role_id
   where s.id = $1 and ${IS_ACTIVE}`,
);
const LOCK_BY_TOKEN = statement(
  'teams.lock-session-by-refresh-token',
  `select s.id, s.workspace_id, w.name as workspace_name, s.user_id, s.by_password,
     s.refresh_salt, case when s.refresh_hash = $1 then 'current'
       when s.previous_refresh_hash = $1 and s.rotated_at > now() - interval '${REFRESH_GRACE_SECONDS} s' then 'replaced'
       else 'reused' end as token_state
   from teams.sessions s join teams.memberships m on m.workspace_id = s.workspace_id and m.user_id = s.user_id
     and m.status = 'active'
   join teams.users u on u.id = s.user_id join teams.workspaces w on w.id = s.workspace_id
   where (s.refresh_hash = $1 or s.previous_refresh_hash = $1 or s.family_hash = $2) and ${IS_ACTIVE} for update of s`,
);
const ROTATE = statement(
  'teams.rotate-session',
  `update teams.sessions set previous_refresh_hash = refresh_hash, refresh_hash = $2, family_hash = $3,
     refresh_salt = $4, rotated_at = now(), last_used_at = now(), expires_at = $5 where id = $1`,
);
const REVOKE = statement(
  'teams.revoke-session',
  `update teams.sessions set revoked_at = now() where workspace_id = $1 and id = $2 and revoked_at is null`,
);
const REVOKE_OWN = statement(
  'teams.revoke-own-session',
  `update teams.sessions s set revoked_at = now() from teams.users u
   where s.workspace_id = $1 and s.user_id = $2 and s.id = $3 and u.id = s.user_id and ${IS_ACTIVE}`,
);
const REVOKE_OTHERS = statement(
  'teams.revoke-other-sessions',
  `update teams.sessions s set revoked_at = now() from teams.users u
   where s.workspace_id = $1 and s.user_id = $2 and s.id <> $3 and u.id = s.user_id and ${IS_ACTIVE} returning s.id`,
);
const REVOKE_ALL = statement(
  'teams.revoke-all-sessions',
  'update teams.sessions set revoked_at = now() where workspace_id = $1 and user_id = $2 and revoked_at is null',
);
const MARK_AUTHENTICATED = statement(
  'teams.mark-session-authenticated',
  'update teams.sessions set authenticated_at = now() where workspace_id = $1 and id = $2',
);
const PRUNE = statement('teams.prune-sessions', 'delete from teams.sessions where expires_at < $1');
const RECORD_USES = statement(
  'teams.record-session-uses',
  `update teams.sessions s set last_used_at = greatest(s.last_used_at, u.at), address = u.address
   from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as u (id, at, address) where s.id = u.id`,
);

function toView(row: SessionRow): SessionView {
  return {
    id: row.id,
    address: row.address,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}

/** Rows of `teams.sessions`. */
@Injectable()
export class SessionsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add(session: NewSessionRow): Promise<void> {
    const { id, workspaceId, userId, refreshHash, familyHash, userAgent, address, expiresAt, byPassword } = session;
    const device = [userAgent, address];
    await this.database.execute(ADD, [
      id,
      workspaceId,
      userId,
      refreshHash,
      familyHash,
      ...device,
      expiresAt,
      byPassword,
    ]);
  }

  /** Finds an active session of an active member. */
  find(sessionId: string): Promise<CredentialRow | null> {
    return this.database.row<CredentialRow>(FIND, [sessionId]);
  }

  /** Finds the active session that any refresh token, current or not, belongs to, and locks it. */
  lockByRefreshToken(refreshHash: string, familyHash: string | null): Promise<RefreshableSessionRow | null> {
    return this.database.row<RefreshableSessionRow>(LOCK_BY_TOKEN, [refreshHash, familyHash]);
  }

  async rotate(sessionId: string, { refreshHash, familyHash, salt, expiresAt }: RotatedToken): Promise<void> {
    await this.database.execute(ROTATE, [sessionId, refreshHash, familyHash, salt, expiresAt]);
  }

  async revoke(workspaceId: string, sessionId: string): Promise<boolean> {
    return (await this.database.execute(REVOKE, [workspaceId, sessionId])) > 0;
  }

  /** Revokes a session of the given user. */
  async revokeOwn(workspaceId: string, userId: string, sessionId: string): Promise<boolean> {
    return (await this.database.execute(REVOKE_OWN, [workspaceId, userId, sessionId])) > 0;
  }

  /** Revokes all sessions of a user in the workspace except one, and returns their IDs. */
  async revokeOthers(workspaceId: string, userId: string, exceptId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(REVOKE_OTHERS, [workspaceId, userId, exceptId])).map(
      ({ id }) => id,
    );
  }

  /** Revokes all sessions of a user in the workspace. */
  async revokeAll(workspaceId: string, userId: string): Promise<void> {
    await this.database.execute(REVOKE_ALL, [workspaceId, userId]);
  }

  /** Exempts a session from the end of all sessions that its user started before now. */
  async markAuthenticated(workspaceId: string, sessionId: string): Promise<void> {
    await this.database.execute(MARK_AUTHENTICATED, [workspaceId, sessionId]);
  }

  async prune(expiredBefore: Date): Promise<void> {
    await this.database.execute(PRUNE, [expiredBefore]);
  }

  async recordUses(uses: readonly CredentialUse[]): Promise<void> {
    await this.database.execute(RECORD_USES, [
      uses.map((use) => use.id),
      uses.map((use) => use.at),
      uses.map((use) => use.address),
    ]);
  }

  /** Lists the active sessions of a user. */
  list(workspaceId: string, userId: string, range: TimeRange, request: PageRequest): Promise<Page<SessionView>> {
    const values: unknown[] = [workspaceId, userId];
    const timeFilters = timeConditions(range, { created: 's.created_at' }, createBinder(values));
    return this.lists.read<SessionRow, SessionView>(
      {
        domain: 'teams.list-sessions',
        select: 's.id, s.address, s.user_agent, s.created_at, s.last_used_at, s.expires_at',
        from: 'teams.sessions s join teams.users u on u.id = s.user_id',
        where: ['s.workspace_id = $1', 's.user_id = $2', IS_ACTIVE, ...timeFilters],
        values,
        request,
        order: [
          { sql: 's.created_at', type: 'timestamptz' },
          { sql: 's.id', type: 'uuid' },
        ],
      },
      toView,
    );
  }
}
