/** Injection token of the key, 32 bytes, that this domain encrypts secrets with at rest. */
export const SEALING_KEY = Symbol('parley.teams.sealing-key');
