/** Injection token of the secret that signs access tokens. */
export const JWT_SECRET = Symbol('parley.jwt-secret');
