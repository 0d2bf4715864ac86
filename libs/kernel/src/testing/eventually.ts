import { setTimeout as sleep } from 'node:timers/promises';

/** How long `eventually` keeps asking, and how often; both in milliseconds. */
export interface EventuallyOptions {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

/**
 * Asks again until the probe holds, and resolves to what it returned. A probe holds when it neither throws
 * nor gives `false` or `null`; one that only asserts, and gives `undefined`, holds.
 * @throws what the probe threw last, or an Error saying what it gave, when the time (5000 ms) is up.
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
      failure = new Error(`the probe still gave ${String(value)} after ${timeoutMs} ms`);
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) throw failure;
    await sleep(intervalMs);
  }
}
