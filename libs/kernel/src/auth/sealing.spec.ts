import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { seal, unseal } from './sealing.js';

describe('a sealed secret', () => {
  const key = randomBytes(32);

  it('should open again, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        (secret, owner) => unseal(seal(secret, owner, key), owner, key) === secret,
      ),
    );
  });

  it('should not show what it is, nor be twice the same', () => {
    const sealed = seal('whsec_abc', 'w1', key);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('abc');
    expect(seal('whsec_abc', 'w1', key)).not.toBe(sealed);
  });

  it('should not open for another owner, with another key, or when it was tampered with', () => {
    const sealed = seal('whsec_abc', 'w1', key);
    const tampered = Buffer.from(sealed, 'base64');
    tampered[14]! ^= 1;
    expect(() => unseal(sealed, 'w2', key)).toThrow();
    expect(() => unseal(sealed, 'w1', randomBytes(32))).toThrow();
    expect(() => unseal(tampered.toString('base64'), 'w1', key)).toThrow();
  });
});
