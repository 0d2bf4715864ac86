import { deriveNextRefreshToken, generateRefreshSalt, generateRefreshToken, hashRefreshToken } from './tokens.js';

describe('deriveNextRefreshToken', () => {
  it('should return the same token for the same salt and another one for another salt', () => {
    const [token, salt] = [generateRefreshToken(), generateRefreshSalt()];
    expect(deriveNextRefreshToken(token, salt)).toBe(deriveNextRefreshToken(token, salt));
    expect(deriveNextRefreshToken(token, salt)).not.toBe(deriveNextRefreshToken(token, generateRefreshSalt()));
  });

  it('should keep the family over all generations', () => {
    const tokens = [generateRefreshToken()];
    for (let generation = 0; generation < 5; generation += 1)
      tokens.push(deriveNextRefreshToken(tokens.at(-1)!, generateRefreshSalt()));
    const hashes = tokens.map(hashRefreshToken);
    expect(new Set(hashes.map(({ familyHash }) => familyHash)).size).toBe(1);
    expect(new Set(hashes.map(({ refreshHash }) => refreshHash)).size).toBe(6);
    expect(hashes[0]!.familyHash).not.toBeNull();
  });

  it('should start a family when the token has none', () => {
    const token = 'rt_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    expect(hashRefreshToken(token).familyHash).toBeNull();
    expect(hashRefreshToken(deriveNextRefreshToken(token, generateRefreshSalt())).familyHash).not.toBeNull();
  });
});
