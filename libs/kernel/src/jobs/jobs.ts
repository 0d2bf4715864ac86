import { SetMetadata } from '@nestjs/common';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import type { JobDefinition } from './define-job.js';

/** How a job is to be run. */
export interface EnqueueOptions {
  /**
   * While a job of the same kind with this key waits, for its first attempt or for another one, a new one takes its
   * place: payload, delay and attempts are the new one's. One that runs is left to finish, and the new one runs too,
   * perhaps at the same time; should the old one fail, it is not tried again.
   */
  readonly key?: string;
  /** Seconds to wait before the first attempt. */
  readonly delaySeconds?: number;
  /** Attempts before the job is parked in `kernel.dead_letters`; default the definition's. Pauses double from 2 s up to an hour. */
  readonly attempts?: number;
  /** Whose dead letter it would be; default the payload's `workspaceId`, else the workspace of the present work. */
  readonly workspaceId?: string;
}

/** What a processor is handed. */
export interface JobRun<Payload extends object> {
  /** The same in every attempt, so that it can serve as an idempotency key. */
  readonly id: string;
  readonly payload: Payload;
  /** 1 on the first attempt; an attempt that ended with its process counts. */
  readonly attempt: number;
  /** The attempt after which the job is given up. */
  readonly maxAttempts: number;
}

/**
 * Slow and outside work. Enqueued in the unit of work of the change that calls for it: a rollback takes the job
 * back, and a commit is never without it. Run at least once, so processors are idempotent; no order is promised.
 * An attempt runs as the system, in sight of its own workspace alone where it has one, outside of any unit of work; what it publishes is a consequence of the event
 * that the enqueuing work was caused by.
 */
export abstract class Jobs {
  /**
   * Hands a job over to be run once the present unit of work has committed.
   * @throws RangeError when an option is out of range.
   */
  abstract enqueue<Payload extends object>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<void>;

  /**
   * Enqueues the job of a dead letter again, with all its attempts before it; claiming the letter is the caller's part,
   * in the same unit of work. It has no key any more: a newer job with that key is not replaced.
   * @throws DomainError UNPROCESSABLE when the letter is not a job's, or this version has no such job.
   */
  abstract redrive(deadLetter: DeadLetter): Promise<void>;
}

/** Metadata key of {@link ProcessJob}. */
export const JOB_PROCESSOR = 'parley.job';

/** What `@ProcessJob` can set. */
export interface ProcessJobOptions {
  /** How many runs of this job at once in a process; default 4. */
  readonly concurrency?: number;
}

/** The metadata that `@ProcessJob` leaves on a method. */
export interface JobProcessorMetadata extends ProcessJobOptions {
  readonly job: string;
}

/** Makes the method the one processor of a job: `(run: JobRun<Payload>) => Promise<void>`. A rejection is a failed attempt. */
export function ProcessJob<Payload extends object>(
  job: JobDefinition<Payload>,
  options: ProcessJobOptions = {},
): <Method extends (run: JobRun<Payload>) => Promise<void>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void {
  return SetMetadata(JOB_PROCESSOR, { job: job.name, ...options } satisfies JobProcessorMetadata) as never;
}
