import { randomBytes } from 'node:crypto';

const NAME = 'parley_oidc';
const PATH = '/v1/auth/oidc';

/** What is in the cookie that ties a sign-in to the browser it began in, or null. */
export function browserIn(cookies: string | undefined): string | null {
  return new RegExp(`(?:^|;\\s*)${NAME}=([\\w-]{43})(?:;|$)`).exec(cookies ?? '')?.[1] ?? null;
}

/** The value for a browser that has none: 256 random bits. */
export function newBrowser(): string {
  return randomBytes(32).toString('base64url');
}

/** The `Set-Cookie` header that lasts as long as a sign-in may take. */
export function browserCookie(browser: string, seconds: number, secure: boolean): string {
  return `${NAME}=${browser}; Path=${PATH}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
