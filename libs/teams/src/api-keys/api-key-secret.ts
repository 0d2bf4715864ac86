import { randomBytes } from 'node:crypto';

/** Workspace of an API key: the workspace itself, or its sandbox. */
export type ApiKeyMode = 'live' | 'test';

/** Generates a key from 192 random bits. */
export function generateApiKey(mode: ApiKeyMode): string {
  return `sk_${mode}_${randomBytes(24).toString('base64url')}`;
}

/** First and last characters of a key, shown to distinguish keys. */
export function toKeyHint(key: string): string {
  return `${key.slice(0, 10)}…${key.slice(-4)}`;
}
