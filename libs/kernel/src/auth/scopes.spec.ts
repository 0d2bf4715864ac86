import { hasScope, normalizeScope, ROLE_SCOPES, SCOPE_GROUPS, SCOPES, type Scope } from './scopes.js';

describe('normalizeScope', () => {
  it.each([
    ['conversations:read', 'conversations:read'],
    ['read:conversations', 'conversations:read'],
    ['write:api_keys', 'api_keys:write'],
    ['*', '*'],
  ])('should normalize %s to %s', (text, scope) => {
    expect(normalizeScope(text)).toBe(scope);
  });

  it.each([
    '',
    'conversations',
    'conversations:delete',
    'planets:read',
    'read:read',
    'conversations:read:write',
    ' conversations:read',
    'Conversations:read',
    '*:*',
    'toString',
    ':',
    '__proto__',
  ])('should reject %j', (text) => {
    expect(normalizeScope(text)).toBeNull();
  });
});

describe('hasScope', () => {
  it('should include read in write within one group', () => {
    const granted = new Set(['contacts:write']);
    const allowed = SCOPES.filter((scope) => hasScope(granted, scope));
    expect(allowed).toEqual(['contacts:read', 'contacts:write']);
  });

  it('should not include write in read', () => {
    expect(hasScope(new Set(['contacts:read']), 'contacts:write')).toBe(false);
  });

  it('should allow everything with * and nothing without scopes', () => {
    for (const scope of SCOPES)
      expect([hasScope(new Set(['*']), scope), hasScope(new Set(), scope)]).toEqual([true, false]);
  });
});

describe('ROLE_SCOPES', () => {
  it('should contain known scopes only', () => {
    const normalized = new Set<string>(['*', ...SCOPES]);
    expect(
      Object.values(ROLE_SCOPES)
        .flat()
        .filter((scope) => !normalized.has(scope)),
    ).toEqual([]);
    expect(SCOPES).toHaveLength(SCOPE_GROUPS.length * 2);
  });

  it('should not allow agents to manage keys, users, rules or settings', () => {
    const agent = new Set(ROLE_SCOPES.agent);
    const forbidden: Scope[] = [
      'api_keys:read',
      'api_keys:write',
      'users:write',
      'teams:write',
      'automations:write',
      'settings:write',
      'webhooks:read',
      'channels:write',
    ];
    expect(forbidden.filter((scope) => hasScope(agent, scope))).toEqual([]);
    expect(hasScope(agent, 'conversations:write')).toBe(true);
  });
});
