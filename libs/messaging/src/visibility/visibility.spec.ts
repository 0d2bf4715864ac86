import { resolveOwnerId, applyChange, type VisibilitySettings } from './visibility.js';

const TEAM_SETTINGS: VisibilitySettings & { readonly name: string } = {
  visibility: 'team',
  teamId: 't1',
  name: 'Refunds',
};

describe('withChange', () => {
  it.each([
    ['another name', { name: 'Returns' }, { visibility: 'team', teamId: 't1', name: 'Returns' }],
    ['another team', { teamId: 't2' }, { visibility: 'team', teamId: 't2', name: 'Refunds' }],
    ['the same visibility', { visibility: 'team' }, { visibility: 'team', teamId: 't1', name: 'Refunds' }],
    ['everybody', { visibility: 'workspace' }, { visibility: 'workspace', teamId: null, name: 'Refunds' }],
    [
      'oneself and yet a team, which is refused elsewhere',
      { visibility: 'personal', teamId: 't2' },
      { visibility: 'personal', teamId: 't2', name: 'Refunds' },
    ],
  ] as const)('should put in %s', (_, change, fields) => {
    expect(applyChange(TEAM_SETTINGS, change)).toEqual(fields);
  });
});

describe('ownerOf', () => {
  it.each([
    ['workspace', 'maker'],
    ['team', 'maker'],
    ['personal', 'changer'],
  ] as const)('should say whose it is once it is %s', (visibility, owner) => {
    expect(resolveOwnerId({ ownerId: 'maker' }, { visibility, teamId: null }, { userId: 'changer' })).toBe(owner);
  });
});
