import { randomBytes } from 'node:crypto';

const COOKIE_NAME = 'parley_oidc';
const COOKIE_PATH = '/v1/auth/oidc';

/** Parses the token that ties a sign-in to the browser that started it; null if there is none. */
export function parseBrowserToken(cookieHeader: string | undefined): string | null {
  return new RegExp(`(?:^|;\\s*)${COOKIE_NAME}=([\\w-]{43})(?:;|$)`).exec(cookieHeader ?? '')?.[1] ?? null;
}

/** Generates a browser token from 256 random bits. */
export function generateBrowserToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Builds the `Set-Cookie` header. Its lifetime is that of a pending sign-in. */
export function buildBrowserCookie(browserToken: string, maxAgeSeconds: number, isSecure: boolean): string {
  return (
    `${COOKIE_NAME}=${browserToken}; Path=${COOKIE_PATH}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax` +
    (isSecure ? '; Secure' : '')
  );
}
