import { allScopes, builtInRoleScopes, hasScope } from '@parley/kernel/auth';

/** Scopes of a role. A custom role has its own scopes; a built-in role is looked up by name. */
export function scopesOfRole(role: string, customScopes: readonly string[] | null): readonly string[] {
  return customScopes ?? builtInRoleScopes(role);
}

/**
 * Returns exactly the scopes that both lists allow. A personal key never allows more than the current role of its user.
 */
export function intersectScopes(first: readonly string[], second: readonly string[]): readonly string[] {
  if (first.includes('*')) return second;
  if (second.includes('*')) return first;
  const [firstScopes, secondScopes] = [new Set(first), new Set(second)];
  return allScopes().filter((scope) => hasScope(firstScopes, scope) && hasScope(secondScopes, scope));
}
