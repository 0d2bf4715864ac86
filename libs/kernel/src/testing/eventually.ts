import { setTimeout as sleep } from 'node:timers/promises';

/** Timeout and polling interval of `eventually`, in milliseconds. */
export interface EventuallyOptions {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

/**
 * Repeats the probe until it succeeds and returns its result. A probe succeeds if it does not throw and does not return
 * `false` or `null`. A probe of only assertions returns `undefined` and thus succeeds.
 * @throws the last error of the probe, or an Error with its last result, after the timeout (5000 ms).
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  { timeoutMs = 5000, intervalMs = 20 }: EventuallyOptions = {},
): Promise<Exclude<T, false | null>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const value = await probe();
      if (value !== false && value !== null) return value as Exclude<T, false | null>;
      failure = new Error(`the probe still returned ${String(value)} after ${timeoutMs} ms`);
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) throw failure;
    await sleep(intervalMs);
  }
}
