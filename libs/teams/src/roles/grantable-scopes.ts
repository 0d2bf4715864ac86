import { assertNoIssues, DomainError, sentence, type InputIssue, type Principal } from '@parley/kernel';
import { allScopes, hasScope, normalizeScope, scopeGroups, type Scope } from '@parley/kernel/auth';
import { nearestName } from '@parley/kernel/filter';

/** Format of scopes, for field descriptions. */
export const SCOPES_DESCRIPTION =
  '`<group>:<read|write>`, where write includes read, or `*` for everything. Each operation names the scopes that it requires, and ' +
  '`GET /v1/roles/scopes` lists them all.';

/**
 * Normalizes the spelling of scopes and removes duplicates.
 * @throws DomainError BAD_REQUEST with the unknown scopes.
 */
export function normalizeScopes(scopes: readonly string[]): string[] {
  const issues: InputIssue[] = [];
  const normalizedScopes = scopes.map((scope, index) => {
    const normalized = normalizeScope(scope);
    if (normalized === null)
      issues.push({
        path: ['scopes'],
        message: sentence`${['scopes', index]}: "${scope}" is not a scope${scopeHint(scope)}`,
      });
    return normalized ?? scope;
  });
  assertNoIssues(issues);
  return [...new Set(normalizedScopes)];
}

/**
 * Asserts that the caller has all of these scopes, so that they can grant them.
 * @throws DomainError FORBIDDEN with the missing scopes.
 */
export function assertHasScopes(principal: Principal, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) =>
    scope === '*' ? !principal.scopes.has('*') : !hasScope(principal.scopes, scope as Scope),
  );
  if (missing.length > 0)
    throw new DomainError('FORBIDDEN', `You can grant only scopes that you have. Missing: ${missing.join(', ')}`, {
      missingScopes: missing,
    });
}

function scopeHint(scope: string): string {
  const suggestion = nearestName(scope, allScopes());
  return suggestion === undefined
    ? `. Use * or <group>:<read|write> with one of the groups ${scopeGroups()
        .map(({ name }) => name)
        .join(', ')}`
    : `. Did you mean ${suggestion}?`;
}
