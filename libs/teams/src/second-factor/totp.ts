import { generateSecret, generateURI, verify } from 'otplib';

const PERIOD_SECONDS = 30;

/** A new secret in base32, and the address that authenticator apps take it from. */
export function generateTotpSecret(label: string): { readonly secret: string; readonly url: string } {
  const secret = generateSecret();
  return { secret, url: generateURI({ issuer: 'Parley', label, secret }) };
}

/** The time step that a code is of, or null when it is of none. One step to either side is taken, for clocks that are off. */
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
