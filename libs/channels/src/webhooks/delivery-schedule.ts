/** Seconds before each attempt, counted from the failure before it. */
export const SCHEDULE_SECONDS: readonly number[] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

const JITTER = 0.1;
const LONGEST_RETRY_AFTER_SECONDS = 24 * 3_600;
const DISABLED_AFTER_MS = 5 * 24 * 3_600_000;
const FAILURES_UNTIL_PAUSE = 5;
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 300;

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
export interface Verdict {
  readonly status: 'succeeded' | 'pending' | 'failed';
  /** When to try again; null when that is over. */
  readonly nextAttemptAt: Date | null;
  readonly health: EndpointHealth;
  /** Why nothing is to be sent to the endpoint any more. */
  readonly disable: 'gone' | 'failing' | null;
}

/** Whether an attempt has delivered: a whole answer of 2xx. A redirect has not, and is not followed. */
export function succeeded({ status, complete }: AttemptResult): boolean {
  return complete && status !== null && status >= 200 && status < 300;
}

/**
 * When a delivery is to be tried again after its attempt number `made` failed; null when that was the last one. `random` in [0, 1)
 * spreads the retries of many deliveries by a tenth.
 */
export function nextAttempt(made: number, now: Date, retryAfter: Date | null, random: number): Date | null {
  const seconds = SCHEDULE_SECONDS[made];
  if (seconds === undefined) return null;
  const spread = seconds * 1000 * (1 + JITTER * (2 * random - 1));
  return new Date(Math.max(now.getTime() + Math.round(spread), retryAfter?.getTime() ?? 0));
}

/** Reads `Retry-After`, seconds or a date; at most a day from now. Null when there is none that can be read. */
export function retryAfterTime(header: string | null, now: Date): Date | null {
  if (header === null) return null;
  const wanted = /^\d{1,9}$/.test(header.trim()) ? now.getTime() + Number(header) * 1000 : Date.parse(header);
  if (!Number.isFinite(wanted) || wanted <= now.getTime()) return null;
  return new Date(Math.min(wanted, now.getTime() + LONGEST_RETRY_AFTER_SECONDS * 1000));
}

/** Decides what follows from an attempt, the `made`-th of its delivery (from 1). */
export function judge(result: AttemptResult, made: number, before: EndpointHealth, now: Date, random: number): Verdict {
  if (succeeded(result))
    return {
      status: 'succeeded',
      nextAttemptAt: null,
      health: { failuresInARow: 0, failingSince: null, pausedUntil: null },
      disable: null,
    };
  const retryAfter = retryAfterTime(result.retryAfter, now);
  const failuresInARow = before.failuresInARow + 1;
  const failingSince = before.failingSince ?? now.toISOString();
  const pausedUntil = pause(failuresInARow, now, retryAfter, before.pausedUntil)?.toISOString() ?? null;
  const health = { failuresInARow, failingSince, pausedUntil };
  if (result.status === 410) return { status: 'failed', nextAttemptAt: null, health, disable: 'gone' };
  const nextAttemptAt = nextAttempt(made, now, retryAfter, random);
  const disable = now.getTime() - Date.parse(failingSince) >= DISABLED_AFTER_MS ? 'failing' : null;
  return { status: nextAttemptAt ? 'pending' : 'failed', nextAttemptAt, health, disable };
}

/** Whether an endpoint is tried with one delivery at a time until it answers well again. */
export function onProbation({ failuresInARow }: EndpointHealth): boolean {
  return failuresInARow >= FAILURES_UNTIL_PAUSE;
}

/** The circuit breaker: how long an endpoint that keeps failing, or asks for it, is left alone. */
function pause(failuresInARow: number, now: Date, retryAfter: Date | null, known: string | null): Date | null {
  const over = failuresInARow - FAILURES_UNTIL_PAUSE;
  const seconds = over < 0 ? 0 : Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** Math.min(over, 20));
  const until = Math.max(
    now.getTime() + seconds * 1000,
    retryAfter?.getTime() ?? 0,
    known === null ? 0 : Date.parse(known),
  );
  return until > now.getTime() ? new Date(until) : null;
}
