import { allScopes, builtInRoleScopes, hasScope } from '@parley/kernel/auth';
import fc from 'fast-check';
import '../teams.scopes.js';
import { isBuiltInRole, isReservedName } from './built-in-roles.js';
import { intersectScopes, scopesOfRole } from './role-scopes.js';

const scopeLists = fc.uniqueArray(fc.constantFrom('*', ...allScopes()), { maxLength: 8 });

describe('intersectScopes', () => {
  it('should allow exactly what both lists allow', () => {
    fc.assert(
      fc.property(scopeLists, scopeLists, fc.constantFrom(...allScopes()), (first, second, requested) => {
        expect(hasScope(new Set(intersectScopes(first, second)), requested)).toBe(
          hasScope(new Set(first), requested) && hasScope(new Set(second), requested),
        );
      }),
    );
  });

  it('should contain * only when both lists do', () => {
    fc.assert(
      fc.property(
        scopeLists,
        scopeLists,
        (first, second) =>
          intersectScopes(first, second).includes('*') === (first.includes('*') && second.includes('*')),
      ),
    );
  });

  it('should keep read access when one list has write and the other read', () => {
    expect(intersectScopes(['users:write'], ['users:read'])).toEqual(['users:read']);
    expect(intersectScopes(['users:read'], ['users:write'])).toEqual(['users:read']);
  });
});

describe('scopesOfRole', () => {
  it('should return the scopes of a built-in or custom role, or none for an unknown role', () => {
    expect(scopesOfRole('agent', null)).toEqual(builtInRoleScopes('agent'));
    expect(scopesOfRole('0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c', ['users:read'])).toEqual(['users:read']);
    for (const unknown of ['service', 'toString', '__proto__']) expect(scopesOfRole(unknown, null)).toEqual([]);
  });
});

describe('built-in role names', () => {
  it.each(['owner', 'Admin', ' AGENT ', 'service'])('should be reserved: %s', (name) => {
    expect(isReservedName(name)).toBe(true);
  });

  it('should be distinguished from role IDs', () => {
    expect(
      ['owner', 'admin', 'agent', 'Owner', 'service', '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c'].map(isBuiltInRole),
    ).toEqual([true, true, true, false, false, false]);
  });
});
