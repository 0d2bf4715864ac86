/** Seconds before each attempt, counted from the failure before it. */
export const SCHEDULE_SECONDS: readonly number[] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

const JITTER = 0.1;
const MAX_RETRY_AFTER_SECONDS = 24 * 3_600;
const DISABLED_AFTER_MS = 5 * 24 * 3_600_000;
const FAILURES_UNTIL_PAUSE = 5;
const MIN_PAUSE_SECONDS = 5;
const MAX_PAUSE_SECONDS = 300;

/** What came of one attempt, as far as it decides what happens next. */
export interface AttemptResult {
  /** Null when there was no answer. */
  readonly status: number | null;
  /** Whether the whole answer arrived. */
  readonly complete: boolean;
  readonly retryAfter: string | null;
}

/** How an endpoint has been doing. */
export interface EndpointHealth {
  readonly failuresInARow: number;
  /** Since when nothing has succeeded; ISO 8601, null while all is well. */
  readonly failingSince: string | null;
  /** Nothing is sent before this time; ISO 8601. */
  readonly pausedUntil: string | null;
}

/** What is to be done after an attempt. */
export interface AttemptDecision {
  readonly status: 'succeeded' | 'pending' | 'failed';
  /** When to try again; null when that is over. */
  readonly nextAttemptAt: Date | null;
  readonly health: EndpointHealth;
  /** Why nothing is to be sent to the endpoint any more. */
  readonly disableReason: 'gone' | 'failing' | null;
}

/** Whether an attempt has delivered: a whole answer of 2xx. A redirect has not, and is not followed. */
export function isSuccessful({ status, complete }: AttemptResult): boolean {
  return complete && status !== null && status >= 200 && status < 300;
}

/**
 * When a delivery is to be tried again after its attempt number `made` failed; null when that was the last one. `random` in [0, 1)
 * spreads the retries of many deliveries by a tenth.
 */
export function computeNextAttemptAt(
  attemptNumber: number,
  now: Date,
  retryAfter: Date | null,
  random: number,
): Date | null {
  const seconds = SCHEDULE_SECONDS[attemptNumber];
  if (seconds === undefined) return null;
  const delayMs = seconds * 1000 * (1 + JITTER * (2 * random - 1));
  return new Date(Math.max(now.getTime() + Math.round(delayMs), retryAfter?.getTime() ?? 0));
}

/** Reads `Retry-After`, seconds or a date; at most a day from now. Null when there is none that can be read. */
export function parseRetryAfter(header: string | null, now: Date): Date | null {
  if (header === null) return null;
  const retryAt = /^\d{1,9}$/.test(header.trim()) ? now.getTime() + Number(header) * 1000 : Date.parse(header);
  if (!Number.isFinite(retryAt) || retryAt <= now.getTime()) return null;
  return new Date(Math.min(retryAt, now.getTime() + MAX_RETRY_AFTER_SECONDS * 1000));
}

/** Decides what follows from an attempt, the `made`-th of its delivery (from 1). */
export function decideNextAttempt(
  result: AttemptResult,
  attemptNumber: number,
  before: EndpointHealth,
  now: Date,
  random: number,
): AttemptDecision {
  if (isSuccessful(result))
    return {
      status: 'succeeded',
      nextAttemptAt: null,
      health: { failuresInARow: 0, failingSince: null, pausedUntil: null },
      disableReason: null,
    };
  const retryAfter = parseRetryAfter(result.retryAfter, now);
  const failuresInARow = before.failuresInARow + 1;
  const failingSince = before.failingSince ?? now.toISOString();
  const pausedUntil = computePausedUntil(failuresInARow, now, retryAfter, before.pausedUntil)?.toISOString() ?? null;
  const health = { failuresInARow, failingSince, pausedUntil };
  if (result.status === 410) return { status: 'failed', nextAttemptAt: null, health, disableReason: 'gone' };
  const nextAttemptAt = computeNextAttemptAt(attemptNumber, now, retryAfter, random);
  const disableReason = now.getTime() - Date.parse(failingSince) >= DISABLED_AFTER_MS ? 'failing' : null;
  return { status: nextAttemptAt ? 'pending' : 'failed', nextAttemptAt, health, disableReason };
}

/** Whether an endpoint is tried with one delivery at a time until it answers well again. */
export function isOnProbation({ failuresInARow }: EndpointHealth): boolean {
  return failuresInARow >= FAILURES_UNTIL_PAUSE;
}

/** The circuit breaker: how long an endpoint that keeps failing, or asks for it, is left alone. */
function computePausedUntil(
  failuresInARow: number,
  now: Date,
  retryAfter: Date | null,
  currentPausedUntil: string | null,
): Date | null {
  const excessFailures = failuresInARow - FAILURES_UNTIL_PAUSE;
  const seconds =
    excessFailures < 0 ? 0 : Math.min(MAX_PAUSE_SECONDS, MIN_PAUSE_SECONDS * 2 ** Math.min(excessFailures, 20));
  const until = Math.max(
    now.getTime() + seconds * 1000,
    retryAfter?.getTime() ?? 0,
    currentPausedUntil === null ? 0 : Date.parse(currentPausedUntil),
  );
  return until > now.getTime() ? new Date(until) : null;
}
