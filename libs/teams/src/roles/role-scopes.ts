import { hasScope, ROLE_SCOPES, SCOPES } from '@parley/kernel/auth';

/** What a role allows: a built-in one by its name, any other by its own scopes. */
export function scopesOfRole(role: string, customScopes: readonly string[] | null): readonly string[] {
  return customScopes ?? (Object.hasOwn(ROLE_SCOPES, role) ? ROLE_SCOPES[role]! : []);
}

/** Exactly what both lists of scopes allow: a personal key never allows more than its user's role does at present. */
export function intersectScopes(first: readonly string[], second: readonly string[]): readonly string[] {
  if (first.includes('*')) return second;
  if (second.includes('*')) return first;
  const [firstScopes, secondScopes] = [new Set(first), new Set(second)];
  return SCOPES.filter((scope) => hasScope(firstScopes, scope) && hasScope(secondScopes, scope));
}
