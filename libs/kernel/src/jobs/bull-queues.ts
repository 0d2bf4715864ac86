import type { JobOptions, Queue, QueueOptions } from 'bull';
import type { BullConnections } from './bull-connections.js';
import type { JobEnvelope } from './job-envelope.js';
import { retryPauseMs, type JobsOptions } from './jobs-options.js';
import { redisOptions } from './redis-options.js';

/** Injection token of {@link BullQueues}. */
export const BULL_QUEUES = Symbol('parley.bull-queues');

/** Data of a job in Redis. */
export interface BullPayload {
  readonly envelope: JobEnvelope;
  /** Number of attempts started. Bull does not count attempts that ended with their process. */
  readonly attemptsStarted: number;
}

/**
 * Queue of each defined job. Separate queues enforce the concurrency limit per job, and a backlog of one job does not
 * delay the others.
 */
export type BullQueues = ReadonlyMap<string, Queue<BullPayload>>;

const BACKOFF = 'parley';
// Bull never gives up by itself: the runner counts attempts and parks jobs.
const UNLIMITED = 1_000_000;
const FAILED_RETENTION_SECONDS = 7 * 24 * 3600;

/** Options of every queue. */
export function bullQueueOptions(redisUrl: string, options: JobsOptions, connections: BullConnections): QueueOptions {
  return {
    createClient: connections.createClient,
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

/**
 * Options with which a job is added to Bull. The job ID is set, so that publishing a job twice adds it once while it
 * exists.
 */
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
