import { randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;
/** Limits of a secret without the prefix, in characters. */
const MIN_TEXT_LENGTH = 8;
const MAX_TEXT_LENGTH = 256;
const NEW_SECRET_BYTES = 32;
const OVERLAP_MS = 24 * 3_600_000;
const MAX_SECRETS = 5;

/** An encrypted secret. The newest secret of a webhook does not expire; previous ones sign until they expire. */
export interface SealedSecret {
  readonly sealed: string;
  /** ISO 8601. */
  readonly until: string | null;
}

/** Generates a secret in the format of Standard Webhooks. */
export function generateSecret(): string {
  return PREFIX + randomBytes(NEW_SECRET_BYTES).toString('base64');
}

/** Message if a given secret is invalid; else null. */
export function validateSecret(secret: string): string | null {
  if (!secret.startsWith(PREFIX)) {
    const { length } = [...secret];
    return length < MIN_TEXT_LENGTH || length > MAX_TEXT_LENGTH
      ? `must have ${MIN_TEXT_LENGTH} to ${MAX_TEXT_LENGTH} characters, but has ${length}`
      : null;
  }
  const bytes = decodeBase64(secret.slice(PREFIX.length));
  if (bytes === null) return `must have base64 after ${PREFIX}`;
  return bytes.length < MIN_SECRET_BYTES || bytes.length > MAX_SECRET_BYTES
    ? `must have ${MIN_SECRET_BYTES} to ${MAX_SECRET_BYTES} bytes after ${PREFIX}, but has ${bytes.length}`
    : null;
}

/** Bytes of the signing key: those encoded after `whsec_`, or the UTF-8 bytes of a secret without this prefix. */
export function signingKeyOf(secret: string): Buffer {
  if (!secret.startsWith(PREFIX)) return Buffer.from(secret, 'utf8');
  const bytes = decodeBase64(secret.slice(PREFIX.length));
  if (!bytes) throw new Error('cannot decode a stored webhook secret');
  return bytes;
}

function decodeBase64(encoded: string): Buffer | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '') ? bytes : null;
}

/** The secrets after a rotation: the new one, and the previous ones for at most another 24 hours. */
export function rotateSecrets(sealed: string, existing: readonly SealedSecret[], now: Date): SealedSecret[] {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const previous = activeSecrets(existing, now).map((secret) => ({ ...secret, until: secret.until ?? until }));
  return [{ sealed, until: null }, ...previous].slice(0, MAX_SECRETS);
}

/** Secrets that have not expired. */
export function activeSecrets(secrets: readonly SealedSecret[], now: Date): SealedSecret[] {
  return secrets.filter(({ until }) => until === null || new Date(until) > now);
}
