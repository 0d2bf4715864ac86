import { hash, verify } from '@node-rs/argon2';

/** argon2id parameters of the OWASP password storage cheat sheet: 19 MiB, 2 passes, 1 lane. */
const HASH_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummyHash: Promise<string> | null = null;

/** Hashes a password for storage: argon2id in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, HASH_OPTIONS);
}

/**
 * Returns true if the password matches the hash. Takes the same time without a hash, so that the response time does not
 * reveal which accounts exist.
 */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword('never a real password');
  const matches = await verify(storedHash ?? (await dummyHash), password).catch(() => false);
  return matches && storedHash !== null;
}
