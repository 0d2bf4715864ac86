import { generate } from 'otplib';
import { generateTotpSecret, findTotpStep } from './totp.js';

// Key of RFC 6238, appendix B. The codes there have eight digits; the last six of them are used here.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

function atSeconds(seconds: number): Date {
  return new Date(seconds * 1000);
}

describe('findTotpStep', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('should accept at %i the code of RFC 6238: %s', async (seconds, code) => {
    expect(await findTotpStep(code, SECRET, atSeconds(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('should accept a code within one step before and after its own', async () => {
    const code = await generate({ secret: SECRET, epoch: 1_500_000_000 });
    const accepted = await Promise.all(
      [-60, -30, 0, 30, 60].map(
        async (offset) => (await findTotpStep(code, SECRET, atSeconds(1_500_000_000 + offset))) !== null,
      ),
    );
    expect(accepted).toEqual([false, true, true, true, false]);
  });

  it('should ignore spaces and reject other formats', async () => {
    expect(await findTotpStep('287 082', SECRET, atSeconds(59))).toBe(1);
    for (const invalidCode of ['28708', '2870822', 'abcdef', '', '-28708', '２８７０８２'])
      expect(await findTotpStep(invalidCode, SECRET, atSeconds(59))).toBeNull();
  });
});

describe('generateTotpSecret', () => {
  it('should return a secret and a URL in the format of authenticator apps', () => {
    const { secret, url } = generateTotpSecret('sarah@acme.example');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(url).toMatch(/^otpauth:\/\/totp\/Parley:sarah(%40|@)acme\.example\?/);
    expect(new URL(url).searchParams.get('secret')).toBe(secret);
  });
});
