import { randomBytes } from 'node:crypto';

/** Prefix of a key: whether it is meant for earnest or for trying things out. */
export type ApiKeyMode = 'live' | 'test';

/** A new key: 192 random bits. */
export function generateApiKey(mode: ApiKeyMode): string {
  return `sk_${mode}_${randomBytes(24).toString('base64url')}`;
}

/** Beginning and end of a key, to tell keys apart. */
export function toKeyHint(key: string): string {
  return `${key.slice(0, 10)}…${key.slice(-4)}`;
}

/** The mode of the key that a hint is of. */
export function parseKeyMode(hint: string): ApiKeyMode {
  return hint.startsWith('sk_test_') ? 'test' : 'live';
}
