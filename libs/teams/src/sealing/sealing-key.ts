/** Injection token of the 32-byte key that encrypts secrets of this domain at rest. */
export const SEALING_KEY = Symbol('parley.teams.sealing-key');
