import { generateSecret, generateURI, verify } from 'otplib';

const PERIOD_SECONDS = 30;

/** Generates a secret in base32 and the URL that authenticator apps read it from. */
export function generateTotpSecret(label: string): { readonly secret: string; readonly url: string } {
  const secret = generateSecret();
  return { secret, url: generateURI({ issuer: 'Parley', label, secret }) };
}

/**
 * Finds the time step of a code; null if the code is wrong. One step to either side is accepted, for clocks that are
 * off.
 */
export async function findTotpStep(code: string, secret: string, now: Date): Promise<number | null> {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return null;
  const result = await verify({
    strategy: 'totp',
    secret,
    token: digits,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: PERIOD_SECONDS,
  });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
