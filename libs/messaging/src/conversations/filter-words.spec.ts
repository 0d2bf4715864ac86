import fc from 'fast-check';
import { NOBODY, placesOfMe, withMe, withNobody, withoutNone } from './filter-words.js';

const USER = '018f6c1e-0000-7000-8000-000000000001';
const mine = { field: 'assignee_id', operator: 'equals', value: 'me' };

describe('withMe', () => {
  it.each([
    ['a condition', mine, { ...mine, value: USER }],
    [
      'lists',
      { field: 'assignee_id', operator: 'in', value: ['me', NOBODY] },
      { field: 'assignee_id', operator: 'in', value: [USER, NOBODY] },
    ],
    [
      'groups',
      { any: [{ not: mine }, { all: [mine] }] },
      { any: [{ not: { ...mine, value: USER } }, { all: [{ ...mine, value: USER }] }] },
    ],
    [
      'participants',
      { field: 'participant_ids', operator: 'contains', value: 'me' },
      { field: 'participant_ids', operator: 'contains', value: USER },
    ],
    [
      'no other field',
      { field: 'subject', operator: 'equals', value: 'me' },
      { field: 'subject', operator: 'equals', value: 'me' },
    ],
    [
      'no value where there is none',
      { field: 'assignee_id', operator: 'is_present' },
      { field: 'assignee_id', operator: 'is_present' },
    ],
  ])('should put the user into %s', (_title, filter, expected) => {
    expect(withMe(filter, USER)).toEqual(expected);
  });

  it('should leave what does not say me as it is, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (filter) => {
        fc.pre(!JSON.stringify(filter).includes('"me"'));
        expect(withMe(filter, USER)).toEqual(filter);
      }),
    );
  });

  it('should not follow what is nested without end', () => {
    let deep: unknown = mine;
    for (let depth = 0; depth < 5_000; depth += 1) deep = { not: deep };
    expect(() => withMe(deep, USER)).not.toThrow();
  });
});

describe('placesOfMe', () => {
  it('should name each value that says it, and no other', () => {
    expect(placesOfMe(mine)).toEqual(['filter.value']);
    expect(
      placesOfMe({
        all: [
          { ...mine, value: USER },
          { not: { ...mine, operator: 'in', value: [USER, 'me'] } },
          { field: 'subject', operator: 'equals', value: 'me' },
        ],
      }),
    ).toEqual(['filter.all[1].not.value']);
  });
});

describe('withoutNone', () => {
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
      'a field that has no nobody',
      { field: 'subject', operator: 'equals', value: 'none' },
      { field: 'subject', operator: 'equals', value: 'none' },
    ],
  ])('should ask by conditions: %s', (_title, filter, expected) => {
    expect(withoutNone({ not: filter })).toEqual({ not: expected });
  });

  it('should be checked with an id in its place', () => {
    expect(withNobody({ any: [{ ...team, operator: 'in', value: ['none', USER] }] })).toEqual({
      any: [{ ...team, operator: 'in', value: [NOBODY, USER] }],
    });
  });
});
