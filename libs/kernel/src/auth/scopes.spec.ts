import {
  allScopes,
  builtInRoleScopes,
  declareScopes,
  findMissingScope,
  hasScope,
  isScope,
  normalizeScope,
} from './scopes.js';

declareScopes('conversations', { description: 'Conversations', agent: 'write' });
declareScopes('contacts', { description: 'Contacts', agent: 'read' });
declareScopes('api_keys', { description: 'API keys' });
declareScopes('archive', { description: 'Archive', requires: 'conversations' });

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
    const allowed = allScopes().filter((scope) => hasScope(granted, scope));
    expect(allowed).toEqual(['contacts:read', 'contacts:write']);
  });

  it('should not include write in read', () => {
    expect(hasScope(new Set(['contacts:read']), 'contacts:write')).toBe(false);
  });

  it('should allow everything with * and nothing without scopes', () => {
    for (const scope of allScopes())
      expect([hasScope(new Set(['*']), scope), hasScope(new Set(), scope)]).toEqual([true, false]);
  });
});

describe('findMissingScope', () => {
  it.each([
    [['archive:write'], 'archive:write', 'conversations:write'],
    [['archive:write'], 'archive:read', 'conversations:read'],
    [['archive:write', 'conversations:read'], 'archive:write', 'conversations:write'],
    [['conversations:write'], 'archive:write', 'archive:write'],
    [[], 'archive:read', 'archive:read'],
    [['archive:write', 'conversations:write'], 'archive:write', null],
    [['archive:write', 'conversations:read'], 'archive:read', null],
    [['*'], 'archive:write', null],
    [['conversations:write'], 'conversations:write', null],
  ] as const)(
    'should return what %j lacks for %s when its group requires another one',
    (granted, required, missing) => {
      expect(findMissingScope(new Set(granted), required)).toBe(missing);
      expect(hasScope(new Set(granted), required)).toBe(missing === null);
    },
  );
});

describe('builtInRoleScopes', () => {
  it('should allow agents what the groups declare', () => {
    expect(builtInRoleScopes('agent')).toEqual(['contacts:read', 'conversations:read', 'conversations:write']);
    expect(builtInRoleScopes('agent').filter((scope) => !isScope(scope))).toEqual([]);
  });

  it('should allow owners and admins everything and other names nothing', () => {
    expect([builtInRoleScopes('owner'), builtInRoleScopes('admin')]).toEqual([['*'], ['*']]);
    expect([builtInRoleScopes('lead'), builtInRoleScopes('constructor')]).toEqual([[], []]);
  });
});

describe('declareScopes', () => {
  it('should reject a group that is declared already', () => {
    expect(() => declareScopes('contacts', { description: 'Again' })).toThrow(/contacts is declared twice/);
  });

  it('should reject a group that requires an unknown group', () => {
    const declare = (): void => declareScopes('moons', { description: 'Moons', requires: 'planets' });
    expect(declare).toThrow(/moons requires the group planets, which is not declared/);
  });
});
