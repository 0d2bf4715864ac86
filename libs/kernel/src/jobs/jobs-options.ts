/** Job options of a process. */
export interface JobsOptions {
  /** If false, this process enqueues jobs but does not run them. */
  readonly work: boolean;
  /**
   * Maximum number of concurrent runs in this process over all jobs. With Redis, only the limit of each job applies.
   */
  readonly concurrency: number;
  /** Interval in milliseconds of polling for due jobs. New jobs are picked up at once. */
  readonly pollMs: number;
  /** Pause in milliseconds after the first failed attempt; doubles with each further one. */
  readonly firstRetryMs: number;
  /** Interval in milliseconds of looking for jobs of dead workers and for unpublished jobs. */
  readonly sweepMs: number;
  /** Maximum wait in milliseconds for running jobs when the process stops. */
  readonly drainMs: number;
  /** With Redis: milliseconds without a lock renewal after which a run counts as dead. */
  readonly lockMs: number;
  /**
   * With Redis: milliseconds after its due time at which an unsettled job is published again, in case Redis lost it.
   */
  readonly republishAfterMs: number;
  /** With Redis: prefix of its keys. The braces keep a job's keys on one node of a cluster. */
  readonly redisPrefix: string;
  /** For tests of a single module: allows defined jobs without a processor; they wait. */
  readonly allowUnprocessed: boolean;
}

/** Injection token of {@link JobsOptions}. */
export const JOBS_OPTIONS = Symbol('parley.jobs');

/** Default options of a process. */
export const DEFAULT_JOBS: JobsOptions = {
  work: true,
  concurrency: 10,
  pollMs: 2_000,
  firstRetryMs: 2_000,
  sweepMs: 5_000,
  drainMs: 20_000,
  lockMs: 30_000,
  republishAfterMs: 300_000,
  redisPrefix: '{parley}',
  allowUnprocessed: false,
};

const MAX_RETRY_PAUSE_MS = 3_600_000;

/** Milliseconds between the failure of attempt `attempt` (from 1) and the next attempt. */
export function retryPauseMs(attempt: number, firstRetryMs: number): number {
  return Math.min(MAX_RETRY_PAUSE_MS, firstRetryMs * 2 ** Math.min(attempt - 1, 30));
}
