import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Credentials, runInContext, systemContext, type Principal } from '@parley/kernel';
import { ApiKeysRepository } from '../api-keys/api-keys.repository.js';
import type { SeenMember } from '../presence/presence.repository.js';
import { Presence } from '../presence/presence.service.js';
import { bothAllow, scopesOfRole } from '../roles/role-scopes.js';
import { SessionsRepository, type CredentialRow } from '../sessions/sessions.repository.js';

const FLUSH_MS = 5_000;

/** Answers the kernel's question of who a key or a session belongs to. */
@Injectable()
export class StoredCredentials extends Credentials implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(StoredCredentials.name);
  private readonly unsaved = new Map<string, { at: Date; address: string }>();
  private readonly unnoticed = new Map<string, SeenMember>();
  private flushing: NodeJS.Timeout | null = null;

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly sessions: SessionsRepository,
    private readonly presence: Presence,
  ) {
    super();
  }

  onModuleInit(): void {
    this.flushing = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.flushing) clearInterval(this.flushing);
    await this.flush();
  }

  async findByKeyHash(hash: string): Promise<Principal | null> {
    const row = await this.keys.findValid(hash);
    return row && toPrincipal(row, row.user_id === null ? 'api_key' : 'user');
  }

  async findBySession(sessionId: string): Promise<Principal | null> {
    const row = await this.sessions.find(sessionId);
    return row && toPrincipal(row, 'user');
  }

  used(principal: Principal, address: string): void {
    const { workspaceId, userId, credentialId } = principal;
    const at = new Date();
    this.unsaved.set(credentialId, { at, address });
    if (userId !== null) this.unnoticed.set(`${workspaceId}:${userId}`, { workspaceId, userId, at });
  }

  /** One statement each for all keys, all sessions and all members seen since the last time: an id is of a key or of a session. */
  private async flush(): Promise<void> {
    if (this.unsaved.size === 0) return;
    const uses = [...this.unsaved].map(([id, { at, address }]) => ({ id, at, address }));
    const seen = [...this.unnoticed.values()];
    this.unsaved.clear();
    this.unnoticed.clear();
    try {
      await runInContext(systemContext('credentials'), () =>
        Promise.all([this.keys.noteUses(uses), this.sessions.noteUses(uses), this.presence.seen(seen)]),
      );
    } catch (error) {
      this.logger.warn(`the last use of ${uses.length} credentials could not be noted: ${String(error)}`);
    }
  }
}

function toPrincipal(row: CredentialRow, kind: 'user' | 'api_key'): Principal {
  return {
    workspaceId: row.workspace_id,
    actor: { kind, id: kind === 'user' ? row.user_id : row.id },
    userId: row.user_id,
    credentialId: row.id,
    role: row.role,
    scopes: new Set(scopesOf(row)),
    plan: row.plan,
    name: row.name ?? null,
    until: row.until ?? null,
  };
}

function scopesOf({ user_id: userId, role, scopes, role_scopes: roleScopes }: CredentialRow): readonly string[] {
  if (userId === null) return scopes ?? [];
  const granted = scopesOfRole(role, roleScopes);
  return scopes === null ? granted : bothAllow(scopes, granted);
}
