import { hash, verify } from '@node-rs/argon2';

/** Parameters of the OWASP password storage cheat sheet for argon2id: 19 MiB, 2 passes, 1 lane. */
const HASH_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummyHash: Promise<string> | null = null;

/** The password as it is stored: argon2id in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, HASH_OPTIONS);
}

/** Whether the password is the stored one. Takes as long when there is none, so that answers do not tell who exists. */
export async function verifyPassword(storedHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword('no password is this one');
  const matches = await verify(storedHash ?? (await dummyHash), password).catch(() => false);
  return matches && storedHash !== null;
}
