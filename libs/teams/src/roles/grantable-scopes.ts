import { allows, badRequest, DomainError, normalizeScope, type Principal, type Scope } from '@parley/kernel';

/** The scopes in their one spelling, each once. @throws DomainError BAD_REQUEST naming those that there are not. */
export function knownScopes(scopes: readonly string[]): string[] {
  const wrong: string[] = [];
  const known = scopes.map((scope, index) => {
    const normal = normalizeScope(scope);
    if (normal === null) wrong.push(`scopes[${index}]: there is no scope "${scope}"`);
    return normal ?? scope;
  });
  if (wrong.length > 0) throw badRequest({ scopes: wrong });
  return [...new Set(known)];
}

/** @throws DomainError FORBIDDEN when the caller lacks one of the scopes, and so cannot give it to anybody. */
export function assertHolds(principal: Principal, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) => (scope === '*' ? !principal.scopes.has('*') : !allows(principal.scopes, scope as Scope)));
  if (missing.length > 0) throw new DomainError('FORBIDDEN', `You cannot give away what you do not have: ${missing.join(', ')}`, { missing_scopes: missing });
}
