import { Injectable } from '@nestjs/common';
import { Database, shortRead, statement, type Plan } from '@parley/kernel';

/** A session as it is started. */
export interface NewSession {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly refreshHash: string;
  readonly userAgent: string | null;
  readonly address: string | null;
  readonly expiresAt: Date;
}

/** Whom a credential stands for. */
export interface CredentialRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly user_id: string | null;
  readonly role: string;
  readonly plan: Plan;
  readonly scopes: readonly string[] | null;
}

/** A session found by a refresh token. */
export interface RefreshedSession {
  readonly id: string;
  readonly workspace_id: string;
  readonly user_id: string;
  /** True when the token is the one before the last: somebody kept a copy. */
  readonly stale: boolean;
}

const ADD = statement(
  'teams.add-session',
  `insert into teams.sessions (id, workspace_id, user_id, refresh_hash, user_agent, address, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`,
);
const FIND = shortRead(
  'teams.find-session',
  `select s.id, s.workspace_id, s.user_id, m.role, w.plan, null as scopes
   from teams.sessions s join teams.memberships m on m.workspace_id = s.workspace_id and m.user_id = s.user_id and m.status = 'active'
   join teams.workspaces w on w.id = s.workspace_id
   where s.id = $1 and s.revoked_at is null and s.expires_at > now()`,
);
const LOCK_BY_TOKEN = statement(
  'teams.lock-session-by-refresh-token',
  `select s.id, s.workspace_id, s.user_id, s.refresh_hash <> $1 as stale
   from teams.sessions s join teams.memberships m on m.workspace_id = s.workspace_id and m.user_id = s.user_id and m.status = 'active'
   where (s.refresh_hash = $1 or s.previous_refresh_hash = $1) and s.revoked_at is null and s.expires_at > now() for update of s`,
);
const ROTATE = statement(
  'teams.rotate-session',
  `update teams.sessions set previous_refresh_hash = refresh_hash, refresh_hash = $2, last_used_at = now(), expires_at = $3 where id = $1`,
);
const REVOKE = statement('teams.revoke-session', `update teams.sessions set revoked_at = now() where workspace_id = $1 and id = $2 and revoked_at is null`);

/** Rows of `teams.sessions`. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  async add(session: NewSession): Promise<void> {
    const { id, workspaceId, userId, refreshHash, userAgent, address, expiresAt } = session;
    await this.database.execute(ADD, [id, workspaceId, userId, refreshHash, userAgent, address, expiresAt]);
  }

  /** A session that stands, of a member who is active. */
  find(sessionId: string): Promise<CredentialRow | null> {
    return this.database.row<CredentialRow>(FIND, [sessionId]);
  }

  lockByRefreshToken(hash: string): Promise<RefreshedSession | null> {
    return this.database.row<RefreshedSession>(LOCK_BY_TOKEN, [hash]);
  }

  async rotate(sessionId: string, refreshHash: string, expiresAt: Date): Promise<void> {
    await this.database.execute(ROTATE, [sessionId, refreshHash, expiresAt]);
  }

  async revoke(workspaceId: string, sessionId: string): Promise<boolean> {
    return (await this.database.execute(REVOKE, [workspaceId, sessionId])) > 0;
  }
}
