import { randomBytes } from 'node:crypto';

const COOKIE_NAME = 'parley_oidc';
const COOKIE_PATH = '/v1/auth/oidc';

/** What is in the cookie that ties a sign-in to the browser it began in, or null. */
export function parseBrowserToken(cookieHeader: string | undefined): string | null {
  return new RegExp(`(?:^|;\\s*)${COOKIE_NAME}=([\\w-]{43})(?:;|$)`).exec(cookieHeader ?? '')?.[1] ?? null;
}

/** The value for a browser that has none: 256 random bits. */
export function generateBrowserToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The `Set-Cookie` header that lasts as long as a sign-in may take. */
export function buildBrowserCookie(browserToken: string, maxAgeSeconds: number, isSecure: boolean): string {
  return `${COOKIE_NAME}=${browserToken}; Path=${COOKIE_PATH}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}
