import { randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;
const NEW_BYTES = 32;
const OVERLAP_MS = 24 * 3_600_000;
const MOST_KEPT = 5;

/** A secret at rest. The newest of a webhook has no end; those before it sign along until theirs. */
export interface SealedSecret {
  readonly sealed: string;
  /** ISO 8601. */
  readonly until: string | null;
}

/** A new secret in the spelling of Standard Webhooks. */
export function newSecret(): string {
  return PREFIX + randomBytes(NEW_BYTES).toString('base64');
}

/** What is wrong with a secret that a caller brings along, or null. */
export function secretFault(secret: string): string | null {
  const bytes = keyOf(secret);
  if (bytes === null) return `must be ${PREFIX} and then base64`;
  return bytes.length < FEWEST_BYTES || bytes.length > MOST_BYTES
    ? `must hold ${FEWEST_BYTES} to ${MOST_BYTES} bytes, and holds ${bytes.length}`
    : null;
}

/** The bytes that sign; null when the text is not a secret. */
export function keyOf(secret: string): Buffer | null {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : null;
  if (text === null || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '') ? bytes : null;
}

/** The secrets after a rotation: the new one, and those before it for another 24 hours at most. */
export function rotated(sealed: string, known: readonly SealedSecret[], now: Date): SealedSecret[] {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const before = activeSecrets(known, now).map((secret) => ({ ...secret, until: secret.until ?? until }));
  return [{ sealed, until: null }, ...before].slice(0, MOST_KEPT);
}

/** Those that still sign. */
export function activeSecrets(secrets: readonly SealedSecret[], now: Date): SealedSecret[] {
  return secrets.filter(({ until }) => until === null || new Date(until) > now);
}
