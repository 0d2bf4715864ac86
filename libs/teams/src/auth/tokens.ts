import { hashSecretToken, generateSecretToken } from './secret-token.js';

/** Lifetime of an access token in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** Lifetime of a session after its last refresh, in seconds. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** Generates a refresh token from 256 random bits. */
export function generateRefreshToken(): string {
  return generateSecretToken('rt').token;
}

/** Hash under which a refresh token is stored. */
export const hashRefreshToken = hashSecretToken;
