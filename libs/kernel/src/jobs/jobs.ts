import { SetMetadata } from '@nestjs/common';
import type { DeadLetter } from '../events/dead-letters.repository.js';
import type { JobDefinition } from './define-job.js';

/** Options of an enqueued job. */
export interface EnqueueOptions {
  /**
   * Replaces a waiting job of the same kind with this key, whether it waits for its first or a further attempt;
   * payload, delay and attempts are those of the new one. A running job is left to finish, and the new one runs too,
   * possibly at the same time; if the running one fails, it is not retried.
   */
  readonly key?: string;
  /** Seconds before the first attempt. */
  readonly delaySeconds?: number;
  /**
   * Attempts before the job is parked in `kernel.dead_letters`. Default: that of the definition. Pauses double from 2 s
   * up to an hour.
   */
  readonly attempts?: number;
  /** Workspace of the job. Default: `workspaceId` of the payload, otherwise the workspace of the current context. */
  readonly workspaceId?: string;
}

/** Run of a job, as passed to its processor. */
export interface JobRun<Payload extends object> {
  /** The same in every attempt, so that it can serve as an idempotency key. */
  readonly id: string;
  readonly payload: Payload;
  /** 1 for the first attempt. Attempts that ended with their process count. */
  readonly attempt: number;
  /** Number of the last attempt. */
  readonly maxAttempts: number;
}

/**
 * Slow and external work. A job is enqueued in the unit of work of the change that requires it: it is stored if and
 * only if that commits. It runs at least once, so processors must be idempotent; the order is not guaranteed. An
 * attempt runs as the system, outside of any unit of work, with the scope of its workspace if it has one. Events that
 * it publishes have the same cause as the enqueueing work.
 */
export abstract class Jobs {
  /**
   * Enqueues a job that runs after the current unit of work has committed.
   * @throws RangeError if an option is out of range.
   */
  abstract enqueue<Payload extends object>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<void>;

  /**
   * Enqueues the job of a dead letter again with all its attempts. The caller claims the dead letter in the same unit
   * of work. The job has no key, so it does not replace a newer job.
   * @throws DomainError UNPROCESSABLE if the dead letter does not belong to a job, or if this version has no such job.
   */
  abstract redrive(deadLetter: DeadLetter): Promise<void>;
}

/** Metadata key of {@link ProcessJob}. */
export const JOB_PROCESSOR = 'parley.job';

/** Options of `@ProcessJob`. */
export interface ProcessJobOptions {
  /** Maximum number of concurrent runs of this job in a process. Default: 4. */
  readonly concurrency?: number;
}

/** Metadata that `@ProcessJob` sets on a method. */
export interface JobProcessorMetadata extends ProcessJobOptions {
  readonly job: string;
}

/**
 * Registers the method as the processor of a job: `(run: JobRun<Payload>) => Promise<void>`. A rejection is a failed
 * attempt.
 */
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
