import { hasScope, ROLE_SCOPES, SCOPES } from '@parley/kernel/auth';
import fc from 'fast-check';
import { isBuiltInRole, isReservedName } from './built-in-roles.js';
import { intersectScopes, scopesOfRole } from './role-scopes.js';

const scopeLists = fc.uniqueArray(fc.constantFrom('*', ...SCOPES), { maxLength: 8 });

describe('bothAllow', () => {
  it('should allow what both allow and nothing else', () => {
    fc.assert(
      fc.property(scopeLists, scopeLists, fc.constantFrom(...SCOPES), (first, second, requested) => {
        expect(hasScope(new Set(intersectScopes(first, second)), requested)).toBe(
          hasScope(new Set(first), requested) && hasScope(new Set(second), requested),
        );
      }),
    );
  });

  it('should hold everything only where both do', () => {
    fc.assert(
      fc.property(
        scopeLists,
        scopeLists,
        (first, second) =>
          intersectScopes(first, second).includes('*') === (first.includes('*') && second.includes('*')),
      ),
    );
  });

  it('should leave reading where a key writes and the role only reads', () => {
    expect(intersectScopes(['contacts:write'], ['contacts:read'])).toEqual(['contacts:read']);
    expect(intersectScopes(['contacts:read'], ['contacts:write'])).toEqual(['contacts:read']);
  });
});

describe('scopesOfRole', () => {
  it('should be those of a built-in role, of a custom one, or none', () => {
    expect(scopesOfRole('agent', null)).toEqual(ROLE_SCOPES.agent);
    expect(scopesOfRole('0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', ['contacts:read'])).toEqual(['contacts:read']);
    for (const unknown of ['service', 'toString', '__proto__']) expect(scopesOfRole(unknown, null)).toEqual([]);
  });
});

describe('the names of built-in roles', () => {
  it.each(['owner', 'Admin', ' AGENT ', 'service'])('should not be given to another: %s', (name) => {
    expect(isReservedName(name)).toBe(true);
  });

  it('should be told from ids', () => {
    expect(
      ['owner', 'admin', 'agent', 'Owner', 'service', '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c'].map(isBuiltInRole),
    ).toEqual([true, true, true, false, false, false]);
  });
});
