import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { runInContext, systemContext, type Principal } from '../context/request-context.js';
import { Credentials } from './credentials.js';

const CACHE_TTL_SECONDS = 5;

/**
 * Caches valid credentials for five seconds, so that a busy client causes no lookup per request. Revocation evicts a
 * credential from this process at once; other processes can accept it for up to five more seconds. A credential is not
 * cached past its expiry.
 */
@Injectable()
export class CredentialCache {
  private readonly principals = new LRUCache<string, Principal>({ max: 10_000, ttl: CACHE_TTL_SECONDS * 1000 });
  private readonly pendingLookups = new Map<string, Promise<Principal | null>>();

  constructor(private readonly credentials: Credentials) {}

  /** Returns the principal of an API key, or null. */
  byKey(key: string): Principal | null | Promise<Principal | null> {
    const hash = hashApiKey(key);
    return this.principals.get(hash) ?? this.lookUp(hash, () => this.credentials.findByKeyHash(hash));
  }

  /** Returns the principal of a session, or null. */
  bySession(sessionId: string): Principal | null | Promise<Principal | null> {
    return this.principals.get(sessionId) ?? this.lookUp(sessionId, () => this.credentials.findBySession(sessionId));
  }

  /** Evicts a credential by its ID. */
  evict(credentialId: string): void {
    for (const [key, principal] of this.principals.entries())
      if (principal.credentialId === credentialId) this.principals.delete(key);
  }

  /** Evicts every credential of a user, in all workspaces, after a change to how they sign in. */
  evictUser(userId: string): void {
    for (const [key, principal] of this.principals.entries())
      if (principal.userId === userId || principal.testKeyOwner?.userId === userId) this.principals.delete(key);
  }

  /** Evicts every credential of a workspace, after a change to its roles or plan. */
  evictWorkspace(workspaceId: string): void {
    for (const [key, principal] of this.principals.entries())
      if (principal.workspaceId === workspaceId || principal.testKeyOwner?.workspaceId === workspaceId)
        this.principals.delete(key);
  }

  private lookUp(key: string, find: () => Promise<Principal | null>): Promise<Principal | null> {
    const pending = this.pendingLookups.get(key);
    if (pending) return pending;
    const lookup = runInContext(systemContext('auth'), find)
      .then((principal) => {
        if (principal) this.principals.set(key, principal, { ttl: cacheTtlMs(principal) });
        return principal;
      })
      .finally(() => this.pendingLookups.delete(key));
    this.pendingLookups.set(key, lookup);
    return lookup;
  }
}

/** Milliseconds for which a credential is cached: never past its expiry. */
function cacheTtlMs({ expiresAt: until }: Principal): number {
  const remainingMs = until ? Date.parse(until) - Date.now() : Infinity;
  return Math.max(1, Math.min(CACHE_TTL_SECONDS * 1000, remainingMs));
}

/** Hash under which an API key is stored: SHA-256 in hex. Keys are random, so a slow hash would add nothing. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
