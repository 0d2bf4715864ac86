import { RETRY_PAUSES_MS } from './subscriber-loop.js';

/** How a process takes part in delivering events. */
export interface RelayOptions {
  /** False: this process writes events and streams them, but leaves the subscribers to others. */
  readonly holdSubscribers: boolean;
  /** Milliseconds between polls of the log and attempts to take subscribers over. */
  readonly pollMs: number;
  /** Pauses between the tries of a failing handler, in milliseconds. */
  readonly retryPausesMs: readonly number[];
}

/** Injection token of {@link RelayOptions}. */
export const RELAY_OPTIONS = Symbol('parley.relay');

/** What a process does unless told otherwise. */
export const DEFAULT_RELAY: RelayOptions = { holdSubscribers: true, pollMs: 1_000, retryPausesMs: RETRY_PAUSES_MS };
