import { resolveOwnerId, applyChange, type VisibilitySettings } from './visibility.js';

const TEAM_SETTINGS: VisibilitySettings & { readonly name: string } = {
  visibility: 'team',
  teamId: 't1',
  name: 'Refunds',
};

describe('applyChange', () => {
  it.each([
    ['a name', { name: 'Returns' }, { visibility: 'team', teamId: 't1', name: 'Returns' }],
    ['a team', { teamId: 't2' }, { visibility: 'team', teamId: 't2', name: 'Refunds' }],
    ['the same visibility', { visibility: 'team' }, { visibility: 'team', teamId: 't1', name: 'Refunds' }],
    [
      'the visibility workspace',
      { visibility: 'workspace' },
      { visibility: 'workspace', teamId: null, name: 'Refunds' },
    ],
    [
      'the visibility personal with a team, which is rejected later',
      { visibility: 'personal', teamId: 't2' },
      { visibility: 'personal', teamId: 't2', name: 'Refunds' },
    ],
  ] as const)('should apply a change of %s', (_, change, fields) => {
    expect(applyChange(TEAM_SETTINGS, change)).toEqual(fields);
  });
});

describe('resolveOwnerId', () => {
  it.each([
    ['workspace', 'creator'],
    ['team', 'creator'],
    ['personal', 'editor'],
  ] as const)('should return the owner when the visibility becomes %s', (visibility, owner) => {
    expect(resolveOwnerId({ ownerId: 'creator' }, { visibility, teamId: null }, { userId: 'editor' })).toBe(owner);
  });
});
