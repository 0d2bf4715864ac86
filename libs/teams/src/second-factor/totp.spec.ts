import { generate } from 'otplib';
import { generateTotpSecret, findTotpStep } from './totp.js';

// The key of RFC 6238, appendix B, whose codes have eight digits there; six of them are their last.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

function atSeconds(seconds: number): Date {
  return new Date(seconds * 1000);
}

describe('stepOf', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('should, at %i, know the code of RFC 6238', async (seconds, code) => {
    expect(await findTotpStep(code, SECRET, atSeconds(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('should take a code for one step before and after its own, and no longer', async () => {
    const code = await generate({ secret: SECRET, epoch: 1_500_000_000 });
    const accepted = await Promise.all(
      [-60, -30, 0, 30, 60].map(
        async (offset) => (await findTotpStep(code, SECRET, atSeconds(1_500_000_000 + offset))) !== null,
      ),
    );
    expect(accepted).toEqual([false, true, true, true, false]);
  });

  it('should not mind spaces, and take nothing else for a code', async () => {
    expect(await findTotpStep('287 082', SECRET, atSeconds(59))).toBe(1);
    for (const invalidCode of ['28708', '2870822', 'abcdef', '', '-28708', '２８７０８２'])
      expect(await findTotpStep(invalidCode, SECRET, atSeconds(59))).toBeNull();
  });
});

describe('newTotpSecret', () => {
  it('should be what authenticator apps take', () => {
    const { secret, url } = generateTotpSecret('sarah@acme.example');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(url).toMatch(/^otpauth:\/\/totp\/Parley:sarah(%40|@)acme\.example\?/);
    expect(new URL(url).searchParams.get('secret')).toBe(secret);
  });
});
