import fc from 'fast-check';
import { NIL_UUID, findMePaths, replaceMe, replaceNone, expandNone } from './filter-aliases.js';

const USER = '018f6c1e-0000-7000-8000-000000000001';
const assignedToMe = { field: 'assignee_id', operator: 'equals', value: 'me' };

describe('replaceMe', () => {
  it.each([
    ['a condition', assignedToMe, { ...assignedToMe, value: USER }],
    [
      'lists',
      { field: 'assignee_id', operator: 'in', value: ['me', NIL_UUID] },
      { field: 'assignee_id', operator: 'in', value: [USER, NIL_UUID] },
    ],
    [
      'groups',
      { any: [{ not: assignedToMe }, { all: [assignedToMe] }] },
      { any: [{ not: { ...assignedToMe, value: USER } }, { all: [{ ...assignedToMe, value: USER }] }] },
    ],
    [
      'participants',
      { field: 'participant_ids', operator: 'contains', value: 'me' },
      { field: 'participant_ids', operator: 'contains', value: USER },
    ],
    [
      'not another field',
      { field: 'subject', operator: 'equals', value: 'me' },
      { field: 'subject', operator: 'equals', value: 'me' },
    ],
    [
      'not a condition without a value',
      { field: 'assignee_id', operator: 'is_present' },
      { field: 'assignee_id', operator: 'is_present' },
    ],
  ])('should replace me with the user id in %s', (_title, filter, expected) => {
    expect(replaceMe(filter, USER)).toEqual(expected);
  });

  it('should not change a filter that does not contain me', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (filter) => {
        fc.pre(!JSON.stringify(filter).includes('"me"'));
        expect(replaceMe(filter, USER)).toEqual(filter);
      }),
    );
  });

  it('should not throw when a filter is nested too deeply', () => {
    let nested: unknown = assignedToMe;
    for (let depth = 0; depth < 5_000; depth += 1) nested = { not: nested };
    expect(() => replaceMe(nested, USER)).not.toThrow();
  });
});

describe('findMePaths', () => {
  it('should return the path of every value me of a user field', () => {
    expect(findMePaths(assignedToMe)).toEqual(['filter.value']);
    expect(
      findMePaths({
        all: [
          { ...assignedToMe, value: USER },
          { not: { ...assignedToMe, operator: 'in', value: [USER, 'me'] } },
          { field: 'subject', operator: 'equals', value: 'me' },
        ],
      }),
    ).toEqual(['filter.all[1].not.value']);
  });
});

describe('none in filters', () => {
  const team = { field: 'team_id' };
  const [absent, present] = [
    { ...team, operator: 'is_not_present' },
    { ...team, operator: 'is_present' },
  ];

  it.each([
    ['equals none', { ...team, operator: 'equals', value: 'none' }, absent],
    ['not_equals none', { ...team, operator: 'not_equals', value: 'none' }, present],
    ['in none alone', { ...team, operator: 'in', value: ['none'] }, absent],
    [
      'in none or a team',
      { ...team, operator: 'in', value: ['none', USER] },
      { any: [{ ...team, operator: 'in', value: [USER] }, absent] },
    ],
    [
      'not_in none or a team',
      { ...team, operator: 'not_in', value: [USER, 'none'] },
      { all: [{ ...team, operator: 'not_in', value: [USER] }, present] },
    ],
    [
      'a field without the alias none',
      { field: 'subject', operator: 'equals', value: 'none' },
      { field: 'subject', operator: 'equals', value: 'none' },
    ],
  ])('should replace none with presence conditions: %s', (_title, filter, expected) => {
    expect(expandNone({ not: filter })).toEqual({ not: expected });
  });

  it('should replace none with the nil UUID', () => {
    expect(replaceNone({ any: [{ ...team, operator: 'in', value: ['none', USER] }] })).toEqual({
      any: [{ ...team, operator: 'in', value: [NIL_UUID, USER] }],
    });
  });
});
