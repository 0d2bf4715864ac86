import {
  allows,
  badRequest,
  DomainError,
  nearestName,
  normalizeScope,
  SCOPE_GROUPS,
  SCOPES,
  type Principal,
  type Scope,
} from '@parley/kernel';

const GROUPS = SCOPE_GROUPS.join(', ');

/** What scopes there are, for the texts of fields that take some. */
export const SCOPES_TEXT = `\`<group>:<read|write>\`, where write includes read, or \`*\` for everything. The groups are ${GROUPS}.`;

/** The scopes in their one spelling, each once. @throws DomainError BAD_REQUEST naming those that there are not. */
export function knownScopes(scopes: readonly string[]): string[] {
  const wrong: string[] = [];
  const known = scopes.map((scope, index) => {
    const normal = normalizeScope(scope);
    if (normal === null) wrong.push(`scopes[${index}]: there is no scope "${scope}"${hint(scope)}`);
    return normal ?? scope;
  });
  if (wrong.length > 0) throw badRequest({ scopes: wrong });
  return [...new Set(known)];
}

/** @throws DomainError FORBIDDEN when the caller lacks one of the scopes, and so cannot give it to anybody. */
export function assertHolds(principal: Principal, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) =>
    scope === '*' ? !principal.scopes.has('*') : !allows(principal.scopes, scope as Scope),
  );
  if (missing.length > 0)
    throw new DomainError('FORBIDDEN', `You cannot give away what you do not have: ${missing.join(', ')}`, {
      missing_scopes: missing,
    });
}

function hint(scope: string): string {
  const near = nearestName(scope, SCOPES);
  return near === undefined ? `; there are * and <group>:<read|write> of the groups ${GROUPS}` : `, but ${near}`;
}
