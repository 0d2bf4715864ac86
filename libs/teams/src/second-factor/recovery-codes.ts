import { createHash, randomInt } from 'node:crypto';

const CODE_COUNT = 10;
const GROUPS_PER_CODE = 4;
const GROUP_LENGTH = 4;
/** Excludes letters and digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Generates ten codes of 79 random bits, such as `k7mq-2xwd-9hfa-r3tn`. */
export function generateRecoveryCodes(): string[] {
  return Array.from({ length: CODE_COUNT }, () =>
    Array.from({ length: GROUPS_PER_CODE }, () =>
      Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
    ).join('-'),
  );
}

/**
 * Hash under which a code is stored. Codes are random, so a slow hash would add nothing. Ignores spaces, hyphens and
 * case.
 */
export function hashRecoveryCode(code: string, userId: string): string {
  const normalized = code.toLowerCase().replace(/[\s-]/g, '');
  return createHash('sha256').update(`${userId}:${normalized}`).digest('hex');
}
