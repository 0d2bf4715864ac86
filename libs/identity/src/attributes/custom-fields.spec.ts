import { assertCustomFieldsSize, mergeCustomFields } from './custom-fields.js';

it.each([
  [{}, {}, {}],
  [{ plan: 'free', seats: 3 }, { plan: 'pro' }, { plan: 'pro', seats: 3 }],
  [{ plan: 'free', seats: 3 }, { seats: null, other: null }, { plan: 'free' }],
  [{ plan: { name: 'free', since: 1 } }, { plan: { name: 'pro' } }, { plan: { name: 'pro' } }],
  [{ plan: 'free' }, { plan: '', seats: 0, beta: false }, { plan: '', seats: 0, beta: false }],
])('should merge, into %j, the changes %j: %j', (existing, changes, after) => {
  expect(mergeCustomFields(existing, changes)).toEqual(after);
});

it('should throw BAD_REQUEST when the merged fields exceed the size limit', () => {
  const large = 'x'.repeat(40_000);
  expect(() => assertCustomFieldsSize(mergeCustomFields({}, { one: large }))).not.toThrow();
  expect(() => assertCustomFieldsSize(mergeCustomFields({ one: large }, { two: large }))).toThrow(
    expect.objectContaining({ code: 'BAD_REQUEST', issues: [{ path: ['customFields'], message: expect.any(String) }] }),
  );
});
