import { badRequest } from '@parley/kernel';

/** Fewest characters of a password. */
export const SHORTEST_PASSWORD = 10;
/** Most characters of a password. */
export const LONGEST_PASSWORD = 200;

/** Which rule a password breaks, or null: at least 10 characters, not one character over and over, and not the e-mail of whose it is. */
export function passwordFault(password: string, email: string): string | null {
  if ([...password].length < SHORTEST_PASSWORD) return `must have at least ${SHORTEST_PASSWORD} characters`;
  if (new Set(password).size === 1) return 'must not be one character over and over';
  const plain = password.trim().toLowerCase();
  return plain === email.trim().toLowerCase() ? 'must not be your e-mail address' : null;
}

/** @throws DomainError BAD_REQUEST naming the field and the rule that the password breaks. */
export function assertGoodPassword(password: string, email: string, field = 'password'): void {
  const fault = passwordFault(password, email);
  if (fault) throw badRequest({ [field]: [`${field} ${fault}`] });
}
