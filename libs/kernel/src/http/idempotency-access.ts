import { hasScope, type Scope } from '../auth/scopes.js';
import type { Principal } from '../context/request-context.js';

/** What a caller could access when a response was stored. */
export interface StoredAccess {
  readonly scopes: readonly string[];
  readonly hiddenInboxIds: readonly string[];
}

/** Returns the access to store with a response. */
export function toStoredAccess({ scopes, hiddenInboxIds = [] }: Principal): StoredAccess {
  return { scopes: [...scopes].sort(), hiddenInboxIds: [...hiddenInboxIds].sort() };
}

/** True if the caller can still access everything that a response with this access can contain. */
export function canReplay(
  { scopes, hiddenInboxIds = [] }: Pick<Principal, 'scopes' | 'hiddenInboxIds'>,
  stored: StoredAccess,
): boolean {
  const keepsScopes =
    scopes.has('*') || stored.scopes.every((scope) => scope !== '*' && hasScope(scopes, scope as Scope));
  return keepsScopes && hiddenInboxIds.every((id) => stored.hiddenInboxIds.includes(id));
}
