import { changesBetween } from './changes-between.js';

describe('changesBetween', () => {
  it.each([
    [
      'nothing for equal values',
      { name: 'Billing', scopes: ['a', 'b'], hours: { from: '09:00' } },
      { name: 'Billing', scopes: ['a', 'b'], hours: { from: '09:00' } },
      {},
    ],
    [
      'a changed value',
      { name: 'Billing', note: null },
      { name: 'Refunds', note: null },
      { name: ['Billing', 'Refunds'] },
    ],
    ['a value that becomes null', { note: 'For refunds' }, { note: null }, { note: ['For refunds', null] }],
    ['a value that was null', { note: null }, { note: '' }, { note: [null, ''] }],
    [
      'a list with another order',
      { scopes: ['a', 'b'] },
      { scopes: ['b', 'a'] },
      {
        scopes: [
          ['a', 'b'],
          ['b', 'a'],
        ],
      },
    ],
    [
      'nothing for fields of the first object only',
      { name: 'Billing', version: 1 },
      { name: 'Refunds' },
      { name: ['Billing', 'Refunds'] },
    ],
    [
      'a nested change',
      { hours: { from: '09:00' } },
      { hours: { from: '10:00' } },
      { hours: [{ from: '09:00' }, { from: '10:00' }] },
    ],
  ])('should return %s', (_, before: object, after: object, changed) => {
    expect(changesBetween(before, after)).toEqual(changed);
  });

  it('should use the wire names of fields', () => {
    expect(
      changesBetween(
        { customFields: {}, name: 'A' },
        { customFields: { plan: 'gold' }, name: 'B' },
        { customFields: 'custom_fields' },
      ),
    ).toEqual({ custom_fields: [{}, { plan: 'gold' }], name: ['A', 'B'] });
  });

  it('should return fields in the order of the second object', () => {
    expect(Object.keys(changesBetween({ a: 1, b: 1 }, { b: 2, a: 2 }))).toEqual(['b', 'a']);
  });
});
