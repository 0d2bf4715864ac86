import { allows, ROLE_SCOPES, SCOPES } from '@parley/kernel';

/** What a role allows: a built-in one by its name, any other by its own scopes. */
export function scopesOfRole(role: string, own: readonly string[] | null): readonly string[] {
  return own ?? (Object.hasOwn(ROLE_SCOPES, role) ? ROLE_SCOPES[role]! : []);
}

/** Exactly what both lists of scopes allow: a personal key never allows more than its user's role does at present. */
export function bothAllow(one: readonly string[], other: readonly string[]): readonly string[] {
  if (one.includes('*')) return other;
  if (other.includes('*')) return one;
  const [held, granted] = [new Set(one), new Set(other)];
  return SCOPES.filter((scope) => allows(held, scope) && allows(granted, scope));
}
