import { hashSecretToken, generateSecretToken, type SecretToken } from '../auth/secret-token.js';

/** Seconds that a token sets a new password. */
export const RESET_TOKEN_SECONDS = 60 * 60;

/** A token that sets a new password once. */
export function generateResetToken(): SecretToken {
  return generateSecretToken('pr');
}

/** How a token is stored and looked up. */
export const hashResetToken = hashSecretToken;

/** Where a person sets the password. The token stands behind the #, so that no server logs it. */
export function buildResetUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/reset-password#token=${token}`;
}
