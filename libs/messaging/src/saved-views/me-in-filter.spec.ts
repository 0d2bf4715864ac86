import fc from 'fast-check';
import { NOBODY, withMe } from './me-in-filter.js';

const USER = '018f6c1e-0000-7000-8000-000000000001';
const mine = { field: 'assignee_id', operator: 'equals', value: 'me' };

describe('withMe', () => {
  it.each([
    ['a condition', mine, { ...mine, value: USER }],
    ['lists', { field: 'assignee_id', operator: 'in', value: ['me', NOBODY] }, { field: 'assignee_id', operator: 'in', value: [USER, NOBODY] }],
    ['groups', { any: [{ not: mine }, { all: [mine] }] }, { any: [{ not: { ...mine, value: USER } }, { all: [{ ...mine, value: USER }] }] }],
    ['participants', { field: 'participant_ids', operator: 'contains', value: 'me' }, { field: 'participant_ids', operator: 'contains', value: USER }],
    ['no other field', { field: 'subject', operator: 'equals', value: 'me' }, { field: 'subject', operator: 'equals', value: 'me' }],
    ['no value where there is none', { field: 'assignee_id', operator: 'is_present' }, { field: 'assignee_id', operator: 'is_present' }],
  ])('should put the user into %s', (_title, filter, expected) => {
    expect(withMe(filter, USER)).toEqual(expected);
  });

  it('should put nobody where nobody looks', () => {
    expect(withMe(mine, null)).toEqual({ ...mine, value: NOBODY });
  });

  it('should leave what does not say me as it is, whatever it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (filter) => {
      fc.pre(!JSON.stringify(filter).includes('"me"'));
      expect(withMe(filter, USER)).toEqual(filter);
    }));
  });

  it('should not follow what is nested without end', () => {
    let deep: unknown = mine;
    for (let depth = 0; depth < 5_000; depth += 1) deep = { not: deep };
    expect(() => withMe(deep, USER)).not.toThrow();
  });
});
