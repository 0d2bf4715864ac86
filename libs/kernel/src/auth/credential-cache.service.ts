import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { runInContext, systemContext, type Principal } from '../context/request-context.js';
import { Credentials } from './credentials.js';

const SECONDS_TRUSTED = 5;

/**
 * Remembers valid credentials for five seconds, so that a busy client costs no look-up per request. Revoking evicts
 * at once in this process; another process may trust the credential for up to five seconds more. A credential with an
 * end is not remembered past it.
 */
@Injectable()
export class CredentialCache {
  private readonly known = new LRUCache<string, Principal>({ max: 10_000, ttl: SECONDS_TRUSTED * 1000 });
  private readonly asking = new Map<string, Promise<Principal | null>>();

  constructor(private readonly credentials: Credentials) {}

  /** The principal of an API key, or null. */
  byKey(key: string): Principal | null | Promise<Principal | null> {
    const hash = hashKey(key);
    return this.known.get(hash) ?? this.ask(hash, () => this.credentials.findByKeyHash(hash));
  }

  /** The principal of a session, or null. */
  bySession(sessionId: string): Principal | null | Promise<Principal | null> {
    return this.known.get(sessionId) ?? this.ask(sessionId, () => this.credentials.findBySession(sessionId));
  }

  /** Forgets everything about a credential, by its id. */
  evict(credentialId: string): void {
    for (const [key, principal] of this.known.entries())
      if (principal.credentialId === credentialId) this.known.delete(key);
  }

  /** Forgets every credential of a user, in all workspaces: how they sign in has changed. */
  evictUser(userId: string): void {
    for (const [key, principal] of this.known.entries()) if (principal.userId === userId) this.known.delete(key);
  }

  /** Forgets every credential of a workspace: its roles or plan have changed. */
  evictWorkspace(workspaceId: string): void {
    for (const [key, principal] of this.known.entries())
      if (principal.workspaceId === workspaceId) this.known.delete(key);
  }

  private ask(key: string, find: () => Promise<Principal | null>): Promise<Principal | null> {
    const pending = this.asking.get(key);
    if (pending) return pending;
    const asked = runInContext(systemContext('auth'), find)
      .then((principal) => {
        if (principal) this.known.set(key, principal, { ttl: trustOf(principal) });
        return principal;
      })
      .finally(() => this.asking.delete(key));
    this.asking.set(key, asked);
    return asked;
  }
}

/** Milliseconds that a credential is remembered: never past its end. */
function trustOf({ until }: Principal): number {
  const left = until ? Date.parse(until) - Date.now() : Infinity;
  return Math.max(1, Math.min(SECONDS_TRUSTED * 1000, left));
}

/** How an API key is stored and looked up: SHA-256 in hex. Keys are random, so a slow hash would add nothing. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
