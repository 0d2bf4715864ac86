import { RETRY_PAUSES_MS } from './subscriber-lane.js';

/** Options of a process for the delivery of events. */
export interface RelayOptions {
  /**
   * True if this process delivers events. If false, it appends and streams events, and other processes deliver them.
   */
  readonly runSubscribers: boolean;
  /** Milliseconds between polls of the log and attempts to take over subscribers. */
  readonly pollMs: number;
  /** Pauses between the attempts of a failing handler, in milliseconds. */
  readonly retryPausesMs: readonly number[];
  /** Maximum number of transactions that handlers hold at the same time. */
  readonly maxTransactions: number;
}

/** Injection token of {@link RelayOptions}. */
export const RELAY_OPTIONS = Symbol('parley.relay');

/** Options of a process that delivers events. */
export const DEFAULT_RELAY: RelayOptions = {
  runSubscribers: true,
  pollMs: 1_000,
  retryPausesMs: RETRY_PAUSES_MS,
  maxTransactions: 4,
};
