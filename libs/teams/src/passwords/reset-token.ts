import { createHash, randomBytes } from 'node:crypto';

/** Seconds that a token sets a new password. */
export const RESET_SECONDS = 60 * 60;

/** A token that sets a new password once. It is kept as a hash only. */
export interface ResetToken {
  readonly token: string;
  readonly hash: string;
}

/** A new token: 256 random bits. */
export function newResetToken(): ResetToken {
  const token = `pr_${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashResetToken(token) };
}

/** How a token is stored and looked up. */
export function hashResetToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Where a person sets the password. The token stands behind the #, so that no server logs it. */
export function resetUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/reset-password#token=${token}`;
}
