import { createHmac, randomBytes } from 'node:crypto';
import { hashSecretToken } from './secret-token.js';

/** Lifetime of an access token in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** Lifetime of a session after its last refresh, in seconds. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

const FAMILY_BYTES = 16;
const SECRET_BYTES = 32;
const TOKEN_PATTERN = /^rt_([\w-]{22})\.[\w-]{43}$/;

/** Hashes under which a refresh token is stored and found. */
export interface RefreshTokenHashes {
  readonly refreshHash: string;
  /** Hash of the part that all refresh tokens of a session share; null for a token without such a part. */
  readonly familyHash: string | null;
}

/** Generates the first refresh token of a session from 384 random bits. */
export function generateRefreshToken(): string {
  return buildToken(randomBytes(FAMILY_BYTES).toString('base64url'), randomBytes(SECRET_BYTES));
}

/** Generates the salt that derives the next refresh token. */
export function generateRefreshSalt(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * Derives the refresh token that replaces another one. Without the salt, the holder of the replaced token cannot
 * compute it; without the replaced token, a reader of the database cannot.
 */
export function deriveNextRefreshToken(token: string, salt: string): string {
  const digest = createHmac('sha512', salt).update(token).digest();
  const family = parseFamily(token) ?? digest.subarray(0, FAMILY_BYTES).toString('base64url');
  return buildToken(family, digest.subarray(FAMILY_BYTES, FAMILY_BYTES + SECRET_BYTES));
}

/** Hashes of a token. Tokens from before families existed have none. */
export function hashRefreshToken(token: string): RefreshTokenHashes {
  const family = parseFamily(token);
  return { refreshHash: hashSecretToken(token), familyHash: family === null ? null : hashSecretToken(family) };
}

function parseFamily(token: string): string | null {
  return TOKEN_PATTERN.exec(token)?.[1] ?? null;
}

function buildToken(family: string, secret: Buffer): string {
  return `rt_${family}.${secret.toString('base64url')}`;
}
