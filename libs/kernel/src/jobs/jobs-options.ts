/** How a process takes part in running jobs. */
export interface JobsOptions {
  /** False: this process enqueues jobs and leaves running them to others. */
  readonly work: boolean;
  /** Runs at once in this process over all jobs; with Redis only each job's own limit counts. */
  readonly concurrency: number;
  /** Milliseconds between looks for jobs that have come due; new ones are heard of at once. */
  readonly pollMs: number;
  /** Pause after the first failed attempt in milliseconds; doubles with each further one. */
  readonly firstRetryMs: number;
  /** Milliseconds between looks for what dead workers have left behind, and for jobs that were never handed to Redis. */
  readonly sweepMs: number;
  /** Longest wait for running jobs when the process stops, in milliseconds. */
  readonly drainMs: number;
  /** With Redis: a run whose process has not renewed its hold for so many milliseconds counts as dead. */
  readonly lockMs: number;
  /** With Redis: a job that is not settled so many milliseconds after it was due is handed over again, in case Redis lost it. */
  readonly republishAfterMs: number;
  /** With Redis: what its keys begin with. The braces keep a job's keys on one node of a cluster. */
  readonly redisPrefix: string;
  /** For tests of a single module: a declared job may be without a processor, and then just waits. */
  readonly allowUnprocessed: boolean;
}

/** Injection token of {@link JobsOptions}. */
export const JOBS_OPTIONS = Symbol('parley.jobs');

/** What a process does unless told otherwise. */
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

/** Milliseconds between the failure of attempt `attempt` (from 1) and the next one. */
export function retryPauseMs(attempt: number, firstRetryMs: number): number {
  return Math.min(MAX_RETRY_PAUSE_MS, firstRetryMs * 2 ** Math.min(attempt - 1, 30));
}
