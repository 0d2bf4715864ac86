import { assertBounded, mergedFields } from './own-fields.js';

it.each([
  [{}, {}, {}],
  [{ plan: 'free', seats: 3 }, { plan: 'pro' }, { plan: 'pro', seats: 3 }],
  [{ plan: 'free', seats: 3 }, { seats: null, other: null }, { plan: 'free' }],
  [{ plan: { name: 'free', since: 1 } }, { plan: { name: 'pro' } }, { plan: { name: 'pro' } }],
  [{ plan: 'free' }, { plan: '', seats: 0, beta: false }, { plan: '', seats: 0, beta: false }],
])('should make of %j, when %j is said, %j', (held, said, after) => {
  expect(mergedFields(held, said)).toEqual(after);
});

it('should refuse what grows beyond all bounds, a request at a time', () => {
  const large = 'x'.repeat(40_000);
  expect(() => assertBounded(mergedFields({}, { one: large }))).not.toThrow();
  expect(() => assertBounded(mergedFields({ one: large }, { two: large }))).toThrow(
    expect.objectContaining({ code: 'BAD_REQUEST', details: { custom_fields: [expect.any(String)] } }),
  );
});
