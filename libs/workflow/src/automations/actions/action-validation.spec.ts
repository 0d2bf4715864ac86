import { InvalidInputError, type InputIssue } from '@parley/kernel';
import { actionDefinitions } from '@parley/kernel/automation';
import './conversation-action-handlers.service.js';
import './conversation-status-action-handlers.service.js';
import { validateActions } from './action-validation.js';

const pathsOf = (issues: readonly InputIssue[]): string[] =>
  Object.keys(new InvalidInputError(issues).describe().details);

const TEAM = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c';

describe('validateActions', () => {
  it('should return no errors when all actions are valid', () => {
    const actions = [
      { type: 'add_tags', tags: ['billing'] },
      { type: 'assign_team', team_id: TEAM },
      { type: 'unassign' },
      { type: 'snooze', duration_seconds: 3600 },
      { type: 'snooze' },
      { type: 'set_field', field: 'plan', value: null },
      { type: 'add_note', body: 'Hello {{contact.name}}' },
    ];
    expect(validateActions(actions, 'conversation')).toEqual([]);
  });

  it.each([
    ['an object instead of a list', {}, 'actions'],
    ['an empty list', [], 'actions'],
    ['a string instead of an object', ['add_tags'], 'actions[0]'],
    ['an unknown type', [{ type: 'add_tag', tags: [] }], 'actions[0].type'],
    ['a missing parameter', [{ type: 'add_tags' }], 'actions[0].tags'],
    ['an unknown parameter', [{ type: 'resolve', now: true }], 'actions[0].now'],
    ['an invalid element', [{ type: 'resolve' }, { type: 'add_tags', tags: ['a', 7] }], 'actions[1].tags[1]'],
    ['a malformed id', [{ type: 'assign_user', user_id: 'me' }], 'actions[0].user_id'],
    ['a value that is not in the enum', [{ type: 'set_priority', priority: 'huge' }], 'actions[0].priority'],
    ['an invalid template', [{ type: 'add_note', body: '{{ contact.nobody }}' }], 'actions[0].body'],
    [
      'a reserved field name with a prefix',
      [{ type: 'set_field', field: 'custom_fields.__proto__', value: 1 }],
      'actions[0].field',
    ],
    ['a reserved field name', [{ type: 'set_field', field: '__proto__', value: 1 }], 'actions[0].field'],
  ])('should return the path of %s', (_case, actions, path) => {
    expect(pathsOf(validateActions(actions, 'conversation'))).toEqual([path]);
  });

  it('should reject actions of other subjects', () => {
    expect(pathsOf(validateActions([{ type: 'resolve' }], 'contact'))).toEqual(['actions[0].type']);
  });

  it('should return all errors at once', () => {
    expect(
      pathsOf(validateActions([{ type: 'x' }, { type: 'add_tags', tags: [] }, { type: 'add_note' }], 'conversation')),
    ).toEqual(['actions[0].type', 'actions[1].tags', 'actions[2].body']);
  });

  it('should have at least one effect for every action type', () => {
    for (const { effects } of actionDefinitions()) expect(effects.length).toBeGreaterThan(0);
  });
});
