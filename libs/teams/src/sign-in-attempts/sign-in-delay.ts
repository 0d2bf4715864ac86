/** Consecutive failed attempts and the end of the current lock. */
export interface SignInAttempts {
  readonly failures: number;
  readonly lockedUntil: Date | null;
  readonly failedAt: Date;
}

const MIN_DELAY_SECONDS = 15;
const MAX_DELAY_SECONDS = 15 * 60;
const RESET_AFTER_MS = 24 * 3_600_000;

/**
 * Delay in seconds after this many consecutive failed attempts. The first `allowed` ones cause no delay; it then
 * doubles up to 15 minutes.
 */
export function computeDelaySeconds(failures: number, allowed: number): number {
  if (failures < allowed) return 0;
  return Math.min(MAX_DELAY_SECONDS, MIN_DELAY_SECONDS * 2 ** Math.min(failures - allowed, 20));
}

/** Seconds until the next attempt is allowed; 0 if it is allowed now. */
export function remainingLockSeconds({ lockedUntil }: SignInAttempts, now: Date): number {
  return lockedUntil === null ? 0 : Math.max(0, Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000));
}

/** Counts an attempt as failed before it is made, so that concurrent attempts gain nothing over sequential ones. */
export function countAttempt(attempts: SignInAttempts, now: Date, allowed: number): SignInAttempts {
  const isExpired = now.getTime() - attempts.failedAt.getTime() > RESET_AFTER_MS;
  return withFailures(isExpired ? 1 : attempts.failures + 1, now, now, allowed);
}

/** Removes an attempt from the count, because it did not fail. */
export function refundAttempt(attempts: SignInAttempts, allowed: number): SignInAttempts {
  return withFailures(Math.max(0, attempts.failures - 1), attempts.failedAt, attempts.failedAt, allowed);
}

function withFailures(failures: number, failedAt: Date, lockedFrom: Date, allowed: number): SignInAttempts {
  const seconds = computeDelaySeconds(failures, allowed);
  return { failures, failedAt, lockedUntil: seconds === 0 ? null : new Date(lockedFrom.getTime() + seconds * 1000) };
}
