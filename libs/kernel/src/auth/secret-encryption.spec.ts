import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { encryptSecret, decryptSecret } from './secret-encryption.js';

describe('encrypted secrets', () => {
  const key = randomBytes(32);

  it('should decrypt to the original secret', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        (secret, owner) => decryptSecret(encryptSecret(secret, owner, key), owner, key) === secret,
      ),
    );
  });

  it('should hide the secret and differ on each encryption', () => {
    const encrypted = encryptSecret('whsec_abc', 'w1', key);
    expect(Buffer.from(encrypted, 'base64').toString('latin1')).not.toContain('abc');
    expect(encryptSecret('whsec_abc', 'w1', key)).not.toBe(encrypted);
  });

  it('should fail to decrypt for another owner, with another key, or when modified', () => {
    const encrypted = encryptSecret('whsec_abc', 'w1', key);
    const tampered = Buffer.from(encrypted, 'base64');
    tampered[14]! ^= 1;
    expect(() => decryptSecret(encrypted, 'w2', key)).toThrow();
    expect(() => decryptSecret(encrypted, 'w1', randomBytes(32))).toThrow();
    expect(() => decryptSecret(tampered.toString('base64'), 'w1', key)).toThrow();
  });
});
