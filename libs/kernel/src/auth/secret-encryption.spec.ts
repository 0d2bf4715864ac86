import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { encryptSecret, decryptSecret } from './secret-encryption.js';

describe('a sealed secret', () => {
  const key = randomBytes(32);

  it('should open again, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        (secret, owner) => decryptSecret(encryptSecret(secret, owner, key), owner, key) === secret,
      ),
    );
  });

  it('should not show what it is, nor be twice the same', () => {
    const encrypted = encryptSecret('whsec_abc', 'w1', key);
    expect(Buffer.from(encrypted, 'base64').toString('latin1')).not.toContain('abc');
    expect(encryptSecret('whsec_abc', 'w1', key)).not.toBe(encrypted);
  });

  it('should not open for another owner, with another key, or when it was tampered with', () => {
    const encrypted = encryptSecret('whsec_abc', 'w1', key);
    const tampered = Buffer.from(encrypted, 'base64');
    tampered[14]! ^= 1;
    expect(() => decryptSecret(encrypted, 'w2', key)).toThrow();
    expect(() => decryptSecret(encrypted, 'w1', randomBytes(32))).toThrow();
    expect(() => decryptSecret(tampered.toString('base64'), 'w1', key)).toThrow();
  });
});
