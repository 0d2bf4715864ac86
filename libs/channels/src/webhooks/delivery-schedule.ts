/** Delay before each attempt, in seconds after the previous failure. */
export const SCHEDULE_SECONDS: readonly number[] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

const JITTER = 0.1;
const MAX_RETRY_AFTER_SECONDS = 24 * 3_600;
const DISABLED_AFTER_MS = 5 * 24 * 3_600_000;
const FAILURES_UNTIL_PAUSE = 5;
const MIN_PAUSE_SECONDS = 5;
const MAX_PAUSE_SECONDS = 300;

/** The parts of a response that decide on the next attempt. */
export interface AttemptResult {
  /** Null if there was no response. */
  readonly status: number | null;
  /** True if the response was received completely. */
  readonly complete: boolean;
  readonly retryAfter: string | null;
}

/** Health of an endpoint. */
export interface EndpointHealth {
  readonly consecutiveFailures: number;
  /** Time of the first failure since the last success, ISO 8601; null if the last attempt succeeded. */
  readonly failingSince: string | null;
  /** Time until which nothing is sent, ISO 8601. */
  readonly pausedUntil: string | null;
}

/** Decision after an attempt. */
export interface AttemptDecision {
  readonly status: 'succeeded' | 'pending' | 'failed';
  /** Time of the next attempt; null if there is none. */
  readonly nextAttemptAt: Date | null;
  readonly health: EndpointHealth;
  /** Reason to disable the webhook; null to keep it enabled. */
  readonly disableReason: 'gone' | 'failing' | null;
}

/** True for a complete 2xx response. Redirects are not followed and count as failures. */
export function isSuccessful({ status, complete }: AttemptResult): boolean {
  return complete && status !== null && status >= 200 && status < 300;
}

/**
 * Time of the next attempt after a failure; null after the last attempt.
 * @param random in [0, 1); spreads the retries by ±10 percent.
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

/** Parses `Retry-After` (seconds or a date), limited to one day from now. Null if it is missing or invalid. */
export function parseRetryAfter(header: string | null, now: Date): Date | null {
  if (header === null) return null;
  const retryAt = /^\d{1,9}$/.test(header.trim()) ? now.getTime() + Number(header) * 1000 : Date.parse(header);
  if (!Number.isFinite(retryAt) || retryAt <= now.getTime()) return null;
  return new Date(Math.min(retryAt, now.getTime() + MAX_RETRY_AFTER_SECONDS * 1000));
}

/**
 * Decides what follows after an attempt. @param attemptNumber number of the attempt in its retry schedule, starting at
 * 1.
 */
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
      health: { consecutiveFailures: 0, failingSince: null, pausedUntil: null },
      disableReason: null,
    };
  const retryAfter = parseRetryAfter(result.retryAfter, now);
  const consecutiveFailures = before.consecutiveFailures + 1;
  const failingSince = before.failingSince ?? now.toISOString();
  const pausedUntil =
    computePausedUntil(consecutiveFailures, now, retryAfter, before.pausedUntil)?.toISOString() ?? null;
  const health = { consecutiveFailures, failingSince, pausedUntil };
  if (result.status === 410) return { status: 'failed', nextAttemptAt: null, health, disableReason: 'gone' };
  const nextAttemptAt = computeNextAttemptAt(attemptNumber, now, retryAfter, random);
  const disableReason = now.getTime() - Date.parse(failingSince) >= DISABLED_AFTER_MS ? 'failing' : null;
  return { status: nextAttemptAt ? 'pending' : 'failed', nextAttemptAt, health, disableReason };
}

/** True if the endpoint gets only one request at a time until an attempt succeeds. */
export function isOnProbation({ consecutiveFailures }: EndpointHealth): boolean {
  return consecutiveFailures >= FAILURES_UNTIL_PAUSE;
}

/** Circuit breaker: time until which a failing endpoint, or one that sent `Retry-After`, gets no requests. */
function computePausedUntil(
  consecutiveFailures: number,
  now: Date,
  retryAfter: Date | null,
  currentPausedUntil: string | null,
): Date | null {
  const excessFailures = consecutiveFailures - FAILURES_UNTIL_PAUSE;
  const seconds =
    excessFailures < 0 ? 0 : Math.min(MAX_PAUSE_SECONDS, MIN_PAUSE_SECONDS * 2 ** Math.min(excessFailures, 20));
  const until = Math.max(
    now.getTime() + seconds * 1000,
    retryAfter?.getTime() ?? 0,
    currentPausedUntil === null ? 0 : Date.parse(currentPausedUntil),
  );
  return until > now.getTime() ? new Date(until) : null;
}
