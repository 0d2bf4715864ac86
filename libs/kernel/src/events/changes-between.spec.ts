import { changesBetween } from './changes-between.js';

describe('changesBetween', () => {
  it.each([
    [
      'nothing that stays',
      { name: 'Billing', scopes: ['a', 'b'], hours: { from: '09:00' } },
      { name: 'Billing', scopes: ['a', 'b'], hours: { from: '09:00' } },
      {},
    ],
    ['a value', { name: 'Billing', note: null }, { name: 'Refunds', note: null }, { name: ['Billing', 'Refunds'] }],
    ['what becomes null', { note: 'For refunds' }, { note: null }, { note: ['For refunds', null] }],
    ['what was null', { note: null }, { note: '' }, { note: [null, ''] }],
    [
      'the order of a list',
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
      'nothing that only stood before',
      { name: 'Billing', version: 1 },
      { name: 'Refunds' },
      { name: ['Billing', 'Refunds'] },
    ],
    [
      'what lies deeper',
      { hours: { from: '09:00' } },
      { hours: { from: '10:00' } },
      { hours: [{ from: '09:00' }, { from: '10:00' }] },
    ],
  ])('should tell of %s', (_, before: object, after: object, changed) => {
    expect(changesBetween(before, after)).toEqual(changed);
  });

  it('should call fields as events do', () => {
    expect(
      changesBetween(
        { customFields: {}, name: 'A' },
        { customFields: { plan: 'gold' }, name: 'B' },
        { customFields: 'custom_fields' },
      ),
    ).toEqual({ custom_fields: [{}, { plan: 'gold' }], name: ['A', 'B'] });
  });

  it('should tell of the fields in the order of what comes after', () => {
    expect(Object.keys(changesBetween({ a: 1, b: 1 }, { b: 2, a: 2 }))).toEqual(['b', 'a']);
  });
});
