import { randomBytes } from 'node:crypto';

/** Prefix of an API key: live or test. */
export type ApiKeyMode = 'live' | 'test';

/** Generates a key from 192 random bits. */
export function generateApiKey(mode: ApiKeyMode): string {
  return `sk_${mode}_${randomBytes(24).toString('base64url')}`;
}

/** First and last characters of a key, shown to distinguish keys. */
export function toKeyHint(key: string): string {
  return `${key.slice(0, 10)}…${key.slice(-4)}`;
}

/** Mode of the key that a hint belongs to. */
export function parseKeyMode(hint: string): ApiKeyMode {
  return hint.startsWith('sk_test_') ? 'test' : 'live';
}
