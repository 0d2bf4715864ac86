import type { Type } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import { defineJob, type JobDefinition } from './define-job.js';

/** Metadata key of {@link Periodic}. */
export const PERIODIC_JOB = 'parley.periodic-job';

/** Options of `@Periodic`. */
export interface PeriodicOptions {
  /** Name of the job, `<domain>.<verb-object>`. */
  readonly job: string;
  /** Seconds between two runs. At least 1. */
  readonly everySeconds: number;
  /** Attempts of a run before it is parked in `kernel.dead_letters`. Default: that of every job. */
  readonly attempts?: number;
}

/**
 * Work that is repeated on a schedule, such as deleting expired data. Subclasses are providers with `@Periodic`. A run
 * is a job: one process of the cluster runs it as the system, with the retries, log lines and dead letters of jobs.
 * Runs can overlap if one takes longer than the interval, so they must be idempotent.
 */
export abstract class PeriodicTask {
  /** Runs the task once. Called as the system with access to all workspaces. */
  abstract run(): Promise<void>;

  /** Runs the task now in this process, outside of its schedule. Rejects if it fails. */
  runNow(): Promise<void> {
    return runInContext(systemContext('periodic-task'), () => this.run());
  }
}

/**
 * Declares the schedule of a task. Runs are enqueued once per interval and cluster. If no process was running at that
 * time, one run is enqueued on the next start, however many were missed. A run that still waits for its next attempt
 * is replaced by the next one. The first run is after one interval.
 * @throws Error if the name is malformed or already used; RangeError if a number is out of range.
 */
export function Periodic({ job, ...options }: PeriodicOptions): (target: Type<PeriodicTask>) => void {
  const definition = defineJob<Record<string, never>>(job, options);
  return (target) => Reflect.defineMetadata(PERIODIC_JOB, definition, target);
}

/** Returns the job that `@Periodic` has defined for this class, or null. */
export function periodicJobOf(target: object): JobDefinition<object> | null {
  return (Reflect.getOwnMetadata(PERIODIC_JOB, target) as JobDefinition<object> | undefined) ?? null;
}
