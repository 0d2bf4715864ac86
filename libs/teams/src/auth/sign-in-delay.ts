/** Wrong tries in a row, and until when no further one is taken. */
export interface Tries {
  readonly failures: number;
  readonly lockedUntil: Date | null;
  readonly failedAt: Date;
}

const FIRST_DELAY_SECONDS = 15;
const LONGEST_DELAY_SECONDS = 15 * 60;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Seconds to wait after so many wrong tries in a row, of which the first `free` cost nothing; doubles up to 15 minutes. */
export function delaySeconds(failures: number, free: number): number {
  if (failures < free) return 0;
  return Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** Math.min(failures - free, 20));
}

/** Seconds until another try is taken; 0 when it is taken now. */
export function secondsLocked({ lockedUntil }: Tries, now: Date): number {
  return lockedUntil === null ? 0 : Math.max(0, Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000));
}

/** Counts a try that is about to be made as if it were wrong, so that many at once are no more than one after another. */
export function counted(tries: Tries, now: Date, free: number): Tries {
  const forgotten = now.getTime() - tries.failedAt.getTime() > FORGOTTEN_AFTER_MS;
  return withFailures(forgotten ? 1 : tries.failures + 1, now, now, free);
}

/** Takes back the count of a try that was not wrong after all. */
export function takenBack(tries: Tries, free: number): Tries {
  return withFailures(Math.max(0, tries.failures - 1), tries.failedAt, tries.failedAt, free);
}

function withFailures(failures: number, failedAt: Date, from: Date, free: number): Tries {
  const seconds = delaySeconds(failures, free);
  return { failures, failedAt, lockedUntil: seconds === 0 ? null : new Date(from.getTime() + seconds * 1000) };
}
