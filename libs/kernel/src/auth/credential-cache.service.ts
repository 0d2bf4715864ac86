import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { runInContext, systemContext, type Principal } from '../context/request-context.js';
import { Credentials } from './credentials.js';

const CACHE_TTL_SECONDS = 5;

/**
 * Remembers valid credentials for five seconds, so that a busy client costs no look-up per request. Revoking evicts
 * at once in this process; another process may trust the credential for up to five seconds more. A credential with an
 * end is not remembered past it.
 */
@Injectable()
export class CredentialCache {
  private readonly principals = new LRUCache<string, Principal>({ max: 10_000, ttl: CACHE_TTL_SECONDS * 1000 });
  private readonly pendingLookups = new Map<string, Promise<Principal | null>>();

  constructor(private readonly credentials: Credentials) {}

  /** The principal of an API key, or null. */
  byKey(key: string): Principal | null | Promise<Principal | null> {
    const hash = hashApiKey(key);
    return this.principals.get(hash) ?? this.lookUp(hash, () => this.credentials.findByKeyHash(hash));
  }

  /** The principal of a session, or null. */
  bySession(sessionId: string): Principal | null | Promise<Principal | null> {
    return this.principals.get(sessionId) ?? this.lookUp(sessionId, () => this.credentials.findBySession(sessionId));
  }

  /** Forgets everything about a credential, by its id. */
  evict(credentialId: string): void {
    for (const [key, principal] of this.principals.entries())
      if (principal.credentialId === credentialId) this.principals.delete(key);
  }

  /** Forgets every credential of a user, in all workspaces: how they sign in has changed. */
  evictUser(userId: string): void {
    for (const [key, principal] of this.principals.entries())
      if (principal.userId === userId) this.principals.delete(key);
  }

  /** Forgets every credential of a workspace: its roles or plan have changed. */
  evictWorkspace(workspaceId: string): void {
    for (const [key, principal] of this.principals.entries())
      if (principal.workspaceId === workspaceId) this.principals.delete(key);
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

/** Milliseconds that a credential is remembered: never past its end. */
function cacheTtlMs({ expiresAt: until }: Principal): number {
  const remainingMs = until ? Date.parse(until) - Date.now() : Infinity;
  return Math.max(1, Math.min(CACHE_TTL_SECONDS * 1000, remainingMs));
}

/** How an API key is stored and looked up: SHA-256 in hex. Keys are random, so a slow hash would add nothing. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
