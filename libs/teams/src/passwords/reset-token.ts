import { hashSecretToken, generateSecretToken, type SecretToken } from '../auth/secret-token.js';

/** Lifetime of a reset token in seconds. */
export const RESET_TOKEN_SECONDS = 60 * 60;

/** Generates a token that resets a password once. */
export function generateResetToken(): SecretToken {
  return generateSecretToken('pr');
}

/** Hash under which a token is stored. */
export const hashResetToken = hashSecretToken;

/** URL of the password reset page. The token is in the fragment, so that servers do not log it. */
export function buildResetUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/reset-password#token=${token}`;
}
