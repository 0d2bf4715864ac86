export { emailKey, isSignInEmail, normalizeDomain, normalizeEmail } from './email-address.js';
