import type { JobOptions, Queue, QueueOptions } from 'bull';
import type { JobEnvelope } from './job-envelope.js';
import { retryPauseMs, type JobsOptions } from './jobs-options.js';
import { redisOptions } from './redis-options.js';

/** Injection token of {@link BullQueues}. */
export const BULL_QUEUES = Symbol('parley.bull-queues');

/** What Redis holds of a job. */
export interface BullPayload {
  readonly envelope: JobEnvelope;
  /** Attempts begun so far; Bull itself does not count those that ended with their process. */
  readonly attemptsStarted: number;
}

/** The queue of each declared job. A queue of its own keeps a job's limit, and keeps a long line of one job out of the way of others. */
export type BullQueues = ReadonlyMap<string, Queue<BullPayload>>;

const BACKOFF = 'parley';
// Bull never gives up by itself: attempts are counted, and letters written, by the worker.
const UNLIMITED = 1_000_000;
const FAILED_RETENTION_SECONDS = 7 * 24 * 3600;

/** How every queue is set up. */
export function bullQueueOptions(redisUrl: string, options: JobsOptions): QueueOptions {
  return {
    redis: redisOptions(redisUrl),
    prefix: options.redisPrefix,
    settings: {
      lockDuration: options.lockMs,
      lockRenewTime: options.lockMs / 3,
      stalledInterval: options.lockMs / 2,
      maxStalledCount: UNLIMITED,
      guardInterval: options.sweepMs,
      retryProcessDelay: options.sweepMs,
      backoffStrategies: { [BACKOFF]: (attempt: number) => retryPauseMs(attempt, options.firstRetryMs) },
    },
  };
}

/** How a job is handed to Bull: under its own id, so that handing it over twice makes one job as long as it is there. */
export function bullJobOptions(envelope: JobEnvelope, delayMs: number): JobOptions {
  return {
    jobId: envelope.id,
    delay: Math.max(0, Math.round(delayMs)),
    attempts: UNLIMITED,
    backoff: { type: BACKOFF },
    stackTraceLimit: 1,
    removeOnComplete: true,
    removeOnFail: { age: FAILED_RETENTION_SECONDS },
  };
}
