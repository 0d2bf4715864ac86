import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { runInContext, systemContext, type Principal } from '@parley/kernel';
import { Credentials } from '@parley/kernel/auth';
import { ApiKeysRepository } from '../api-keys/api-keys.repository.js';
import type { SeenMember } from '../presence/presence.repository.js';
import { PresenceService } from '../presence/presence.service.js';
import { intersectScopes, scopesOfRole } from '../roles/role-scopes.js';
import { SessionsRepository, type CredentialRow } from '../sessions/sessions.repository.js';

const FLUSH_MS = 5_000;

/**
 * Resolves API keys and sessions to principals, and records their use. Uses are collected in memory, so each process
 * flushes its own periodically.
 */
@Injectable()
export class DatabaseCredentialStore extends Credentials implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(DatabaseCredentialStore.name);
  private readonly unsavedUses = new Map<string, { at: Date; address: string }>();
  private readonly unsavedMembers = new Map<string, SeenMember>();
  private flushTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly sessions: SessionsRepository,
    private readonly presence: PresenceService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.flushTimer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.flushTimer) clearInterval(this.flushTimer);
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

  recordUse(principal: Principal, address: string): void {
    const { workspaceId, userId, credentialId } = principal;
    const at = new Date();
    this.unsavedUses.set(credentialId, { at, address });
    if (userId !== null) this.unsavedMembers.set(`${workspaceId}:${userId}`, { workspaceId, userId, seenAt: at });
  }

  /**
   * Writes all uses since the last flush with one statement each for keys, sessions and members. An ID belongs to
   * either a key or a session.
   */
  private async flush(): Promise<void> {
    if (this.unsavedUses.size === 0) return;
    const uses = [...this.unsavedUses].map(([id, { at, address }]) => ({ id, at, address }));
    const seenMembers = [...this.unsavedMembers.values()];
    this.unsavedUses.clear();
    this.unsavedMembers.clear();
    try {
      await runInContext(systemContext('credentials'), () =>
        Promise.all([
          this.keys.recordUses(uses),
          this.sessions.recordUses(uses),
          this.presence.recordSeen(seenMembers),
        ]),
      );
    } catch (error) {
      this.logger.warn(`failed to record the last use of ${uses.length} credentials: ${String(error)}`);
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
    scopes: new Set(resolveScopes(row)),
    plan: row.plan,
    testKeyOwner: row.test_key_owner,
    hiddenInboxIds: row.hidden_inbox_ids,
    name: row.name ?? null,
    expiresAt: row.until ?? null,
  };
}

function resolveScopes({ user_id: userId, role, scopes, role_scopes: roleScopes }: CredentialRow): readonly string[] {
  if (userId === null) return scopes ?? [];
  const grantedScopes = scopesOfRole(role, roleScopes);
  return scopes === null ? grantedScopes : intersectScopes(scopes, grantedScopes);
}
