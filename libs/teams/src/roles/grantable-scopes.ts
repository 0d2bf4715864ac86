import { badRequestError, DomainError, type Principal } from '@parley/kernel';
import { hasScope, normalizeScope, SCOPE_GROUPS, SCOPES, type Scope } from '@parley/kernel/auth';
import { nearestName } from '@parley/kernel/filter';

const SCOPE_GROUP_NAMES = SCOPE_GROUPS.join(', ');

/** What scopes there are, for the texts of fields that take some. */
export const SCOPES_DESCRIPTION = `\`<group>:<read|write>\`, where write includes read, or \`*\` for everything. The groups are ${SCOPE_GROUP_NAMES}.`;

/** The scopes in their one spelling, each once. @throws DomainError BAD_REQUEST naming those that there are not. */
export function normalizeScopes(scopes: readonly string[]): string[] {
  const errors: string[] = [];
  const normalizedScopes = scopes.map((scope, index) => {
    const normalized = normalizeScope(scope);
    if (normalized === null) errors.push(`scopes[${index}]: there is no scope "${scope}"${scopeHint(scope)}`);
    return normalized ?? scope;
  });
  if (errors.length > 0) throw badRequestError({ scopes: errors });
  return [...new Set(normalizedScopes)];
}

/** @throws DomainError FORBIDDEN when the caller lacks one of the scopes, and so cannot give it to anybody. */
export function assertHasScopes(principal: Principal, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) =>
    scope === '*' ? !principal.scopes.has('*') : !hasScope(principal.scopes, scope as Scope),
  );
  if (missing.length > 0)
    throw new DomainError('FORBIDDEN', `You cannot give away what you do not have: ${missing.join(', ')}`, {
      missing_scopes: missing,
    });
}

function scopeHint(scope: string): string {
  const suggestion = nearestName(scope, SCOPES);
  return suggestion === undefined
    ? `; there are * and <group>:<read|write> of the groups ${SCOPE_GROUP_NAMES}`
    : `, but ${suggestion}`;
}
