import fc from 'fast-check';
import { emailKey } from '@parley/kernel/email';
import { validateAddressChange, applyAddressChange, type Addresses, type AddressChange } from './contact-patch.js';

const NO_ADDRESSES: Addresses = { primary: null, others: [] };
const THREE_ADDRESSES: Addresses = { primary: 'a@x', others: ['b@x', 'c@x'] };

describe('applyAddressChange', () => {
  it.each<[string, Addresses, AddressChange, Addresses]>([
    ['no change', THREE_ADDRESSES, {}, THREE_ADDRESSES],
    ['a first primary address', NO_ADDRESSES, { primary: 'A@x' }, { primary: 'A@x', others: [] }],
    ['a new primary address', THREE_ADDRESSES, { primary: 'z@x' }, { primary: 'z@x', others: ['b@x', 'c@x'] }],
    [
      'one of the other addresses becoming primary',
      THREE_ADDRESSES,
      { primary: 'C@x' },
      { primary: 'C@x', others: ['a@x', 'b@x'] },
    ],
    [
      'the same primary address in another case',
      THREE_ADDRESSES,
      { primary: 'A@x' },
      { primary: 'A@x', others: ['b@x', 'c@x'] },
    ],
    ['removal of the primary address', THREE_ADDRESSES, { primary: null }, { primary: 'b@x', others: ['c@x'] }],
    ['a list', THREE_ADDRESSES, { all: [{ value: 'd@x' }, { value: 'e@x' }] }, { primary: 'd@x', others: ['e@x'] }],
    [
      'a list with a primary address',
      THREE_ADDRESSES,
      { all: [{ value: 'd@x' }, { value: 'e@x', primary: true }] },
      { primary: 'e@x', others: ['d@x'] },
    ],
    [
      'a list and a separate primary address',
      THREE_ADDRESSES,
      { primary: 'f@x', all: [{ value: 'd@x' }] },
      { primary: 'f@x', others: ['d@x'] },
    ],
    [
      'a list with duplicates',
      NO_ADDRESSES,
      { all: [{ value: 'd@x' }, { value: 'D@x' }] },
      { primary: 'd@x', others: [] },
    ],
    ['an empty list', THREE_ADDRESSES, { all: [] }, NO_ADDRESSES],
  ])('should return the new addresses after %s', (_name, before, change, after) => {
    expect(applyAddressChange(before, change, emailKey)).toEqual(after);
  });

  it('should never return a duplicate address, or other addresses without a primary one', () => {
    const address = fc.constantFrom('a@x', 'A@x', 'b@x', 'c@x', 'C@X', 'd@x');
    const change = fc.record(
      { primary: fc.option(address), all: fc.array(fc.record({ value: address }), { maxLength: 5 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        const { primary, others } = changes.reduce(
          (current, item) => applyAddressChange(current, item, emailKey),
          NO_ADDRESSES,
        );
        const keys = [...(primary === null ? [] : [primary]), ...others].map(emailKey);
        expect(new Set(keys).size).toBe(keys.length);
        if (primary === null) expect(others).toEqual([]);
      }),
    );
  });
});

describe('validateAddressChange', () => {
  it.each<[AddressChange, boolean]>([
    [
      {
        all: [
          { value: 'a@x', primary: true },
          { value: 'b@x', primary: true },
        ],
      },
      true,
    ],
    [{ primary: 'b@x', all: [{ value: 'a@x', primary: true }] }, true],
    [{ primary: 'A@x', all: [{ value: 'a@x', primary: true }] }, false],
    [{ primary: 'b@x', all: [{ value: 'a@x' }] }, false],
    [{ primary: 'b@x' }, false],
  ])('should validate the change %j', (change, isInvalid) => {
    expect(validateAddressChange(change, emailKey) !== null).toBe(isInvalid);
  });
});
