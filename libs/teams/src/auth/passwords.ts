import { hash, verify } from '@node-rs/argon2';

/** Parameters of the OWASP password storage cheat sheet for argon2id: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | null = null;

/** The password as it is stored: argon2id in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether the password is the stored one. Takes as long when there is none, so that answers do not tell who exists. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no password is this one');
  const matches = await verify(stored ?? (await decoy), password).catch(() => false);
  return matches && stored !== null;
}
