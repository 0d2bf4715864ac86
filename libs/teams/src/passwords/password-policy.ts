import { badRequest } from '@parley/kernel';

/** Fewest characters of a password. */
export const SHORTEST_PASSWORD = 10;
/** Most characters of a password. */
export const LONGEST_PASSWORD = 200;
/** What makes a password a good one, for the texts of fields that take a new one. */
export const PASSWORD_RULE = `At least ${SHORTEST_PASSWORD} characters; not digits alone, nor one character over and over; and without what stands before the @ of your e-mail, or the name of the workspace, in it, where those have four characters or more.`;

/** Below this a word is in too many others to tell anything. */
const SHORTEST_GIVEAWAY = 4;

/** Whose password it is, as far as others can guess by it. */
export interface PasswordOwner {
  readonly email: string;
  /** Names of the workspaces that it opens. */
  readonly workspaces: readonly string[];
}

/** Which rule of {@link PASSWORD_RULE} a password breaks, or null. */
export function passwordFault(password: string, { email, workspaces }: PasswordOwner): string | null {
  if ([...password].length < SHORTEST_PASSWORD) return `must have at least ${SHORTEST_PASSWORD} characters`;
  if (new Set(password).size === 1) return 'must not be one character over and over';
  if (/^[\p{N}\s]+$/u.test(password)) return 'must not be digits alone';
  const plain = password.trim().toLowerCase();
  const address = email.trim().toLowerCase();
  if (plain === address) return 'must not be your e-mail address';
  if (gives(plain, address.slice(0, address.lastIndexOf('@'))))
    return 'must not have your e-mail address, or what stands before its @, in it';
  return workspaces.some((name) => gives(plain, name.trim().toLowerCase()))
    ? 'must not have the name of the workspace in it'
    : null;
}

/** @throws DomainError BAD_REQUEST naming the field and the rule that the password breaks. */
export function assertGoodPassword(password: string, owner: PasswordOwner, field = 'password'): void {
  const fault = passwordFault(password, owner);
  if (fault) throw badRequest({ [field]: [`${field} ${fault}`] });
}

/** @throws DomainError BAD_REQUEST when the new password is the one before. */
export function assertOtherPassword(same: boolean, field = 'password'): void {
  if (same) throw badRequest({ [field]: [`${field} must be another one than before`] });
}

function gives(password: string, word: string): boolean {
  return word.length >= SHORTEST_GIVEAWAY && password.includes(word);
}
