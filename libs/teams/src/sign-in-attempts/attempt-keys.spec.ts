import { accountKey, addressKey, allowedAttempts } from './attempt-keys.js';

describe('accountKey', () => {
  it('should return the same key for every spelling of an e-mail and hide the e-mail', () => {
    expect(accountKey('Sarah@Acme.example ')).toBe(accountKey('sarah@acme.example'));
    expect(accountKey('sarah@acme.example')).not.toContain('sarah');
    expect(accountKey('sarah@acme.example')).not.toBe(accountKey('ben@acme.example'));
  });
});

describe('addressKey', () => {
  it.each([
    ['203.0.113.7', 'address:203.0.113.7'],
    ['::ffff:203.0.113.7', 'address:203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2'],
    ['2001:db8:1:2::1', 'address:2001:db8:1:2'],
    ['not an address', 'address:not an address'],
  ])('should map address %s to %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

describe('allowedAttempts', () => {
  it('should allow more attempts for an address than for an account', () => {
    expect([allowedAttempts(accountKey('sarah@acme.example')), allowedAttempts(addressKey('203.0.113.7'))]).toEqual([
      5, 20,
    ]);
  });
});
