/** Injection token of the secret that access tokens are signed with. */
export const JWT_SECRET = Symbol('parley.jwt-secret');
