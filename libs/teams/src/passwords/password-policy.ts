import { dictionary as commonDictionary, adjacencyGraphs } from '@zxcvbn-ts/language-common';
import { dictionary as englishDictionary, translations } from '@zxcvbn-ts/language-en';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { invalidInputError } from '@parley/kernel';

/** Minimum length of a password in characters. */
export const MIN_PASSWORD_LENGTH = 10;
/** Maximum length of a password in characters. */
export const MAX_PASSWORD_LENGTH = 200;
/** Requirements for a new password, for field descriptions and the password reset page. */
export const PASSWORD_RULE =
  `At least ${MIN_PASSWORD_LENGTH} characters, not easy to guess (zxcvbn score 2 or higher), and without the local ` +
  'part of the e-mail address or the name of a workspace if these have four or more characters.';

/** Shorter names occur in too many unrelated passwords. */
const MIN_PERSONAL_TERM_LENGTH = 4;

/** Score on the zxcvbn scale from 0 to 4: an attacker needs more than a million guesses. */
const MIN_SCORE = 2;

/** Characters that the estimator reads: its cost grows quadratically, and 32 characters suffice to reach the score. */
const MAX_ESTIMATED_CHARACTERS = 32;

/** The owner of a password, as far as it helps an attacker to guess it. */
export interface PasswordOwner {
  readonly email: string;
  /** Names of the workspaces that the password gives access to. */
  readonly workspaces: readonly string[];
}

let estimator: ZxcvbnFactory | null = null;

/** The dictionaries take about 0.1 s to index, so this happens on first use. */
function strengthEstimator(): ZxcvbnFactory {
  return (estimator ??= new ZxcvbnFactory({
    dictionary: { ...commonDictionary, ...englishDictionary },
    graphs: adjacencyGraphs,
    translations,
  }));
}

/** The rule of {@link PASSWORD_RULE} that a password breaks, as `must …`, or null. */
export function validatePassword(password: string, { email, workspaces }: PasswordOwner): string | null {
  if ([...password].length < MIN_PASSWORD_LENGTH) return `must have at least ${MIN_PASSWORD_LENGTH} characters`;
  const normalizedPassword = password.trim().toLowerCase();
  const normalizedEmail = email.trim().toLowerCase();
  if (normalizedPassword === normalizedEmail) return 'must not be your e-mail address';
  if (containsTerm(normalizedPassword, normalizedEmail.slice(0, normalizedEmail.lastIndexOf('@'))))
    return 'must not contain the local part of your e-mail address';
  if (workspaces.some((name) => containsTerm(normalizedPassword, name.trim().toLowerCase())))
    return 'must not contain the name of the workspace';
  const { score, feedback } = strengthEstimator().check(password.slice(0, MAX_ESTIMATED_CHARACTERS), [
    email,
    ...workspaces,
  ]);
  if (score >= MIN_SCORE) return null;
  return `must not be easy to guess. ${feedback.warning ?? 'Add more words or characters.'}`;
}

/** @throws DomainError BAD_REQUEST naming the field and the rule that the password breaks. */
export function assertValidPassword(password: string, owner: PasswordOwner, field = 'password'): void {
  const error = validatePassword(password, owner);
  if (error) throw invalidInputError(field, error);
}

/** @throws DomainError BAD_REQUEST if the new password is the current one. */
export function assertPasswordDiffers(isSame: boolean, field = 'password'): void {
  if (isSame) throw invalidInputError(field, 'must differ from the current password');
}

function containsTerm(password: string, term: string): boolean {
  return term.length >= MIN_PERSONAL_TERM_LENGTH && password.includes(term);
}
