import { createHash, randomBytes } from 'node:crypto';

/** A secret that is handed to somebody once. It is kept as a hash only. */
export interface SecretToken {
  readonly token: string;
  readonly hash: string;
}

/** A new token: the prefix and 256 random bits. */
export function generateSecretToken(prefix: string): SecretToken {
  const token = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashSecretToken(token) };
}

/** How a token is stored and looked up. */
export function hashSecretToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
