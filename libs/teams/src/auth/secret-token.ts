import { createHash, randomBytes } from 'node:crypto';

/** Secret that is shown or mailed once. Only its hash is stored. */
export interface SecretToken {
  readonly token: string;
  readonly hash: string;
}

/** Generates a token: the prefix and 256 random bits. */
export function generateSecretToken(prefix: string): SecretToken {
  const token = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashSecretToken(token) };
}

/** Hash under which a token is stored. */
export function hashSecretToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
