import { hashSecretToken, generateSecretToken } from './secret-token.js';

/** Seconds that an access token is good for. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** Seconds that a session lives on after its last refresh. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** A new refresh token: 256 random bits. */
export function generateRefreshToken(): string {
  return generateSecretToken('rt').token;
}

/** How a refresh token is stored and looked up. */
export const hashRefreshToken = hashSecretToken;
