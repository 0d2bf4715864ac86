/** Default number of attempts of a job. */
export const DEFAULT_ATTEMPTS = 5;
/** Maximum number of attempts of a job. */
export const MAX_ATTEMPTS = 1000;
const MAX_INTERVAL_SECONDS = 366 * 24 * 3600;

const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** Name and payload type of a job. `Payload` holds IDs and small values. */
export interface JobDefinition<Payload extends object> {
  /** `<domain>.<verb-object>`. Stored with waiting jobs, so it must not change. */
  readonly name: string;
  /** Attempts before the job is parked in `kernel.dead_letters`. */
  readonly attempts: number;
  /** Seconds between two runs of a periodic job; null for other jobs. */
  readonly everySeconds: number | null;
  /** Carries the type only; always absent. */
  readonly payload?: Payload;
}

const definitions = new Map<string, JobDefinition<object>>();

/**
 * Defines a job. A process that has loaded the definition does not start unless exactly one method is decorated with
 * `@ProcessJob` for it.
 * @throws Error if the name is malformed or already used; RangeError if an option is out of range.
 */
export function defineJob<Payload extends object>(
  name: string,
  options: { readonly attempts?: number; readonly everySeconds?: number } = {},
): JobDefinition<Payload> {
  if (!NAME.test(name)) throw new Error(`The job name ${name} must have the form <domain>.<verb-object>`);
  if (definitions.has(name)) throw new Error(`Two jobs have the name ${name}`);
  const definition: JobDefinition<Payload> = {
    name,
    attempts: assertAttempts(options.attempts ?? DEFAULT_ATTEMPTS),
    everySeconds: options.everySeconds === undefined ? null : assertInterval(options.everySeconds),
  };
  definitions.set(name, definition);
  return definition;
}

/** Returns every job that the loaded modules have defined so far. */
export function declaredJobs(): readonly JobDefinition<object>[] {
  return [...definitions.values()];
}

/** Returns the job with this name, or null if this process has none. */
export function findJob(name: string): JobDefinition<object> | null {
  return definitions.get(name) ?? null;
}

/** @throws RangeError if the number is out of range. */
export function assertAttempts(attempts: number): number {
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > MAX_ATTEMPTS) {
    throw new RangeError(`A job has 1 to ${MAX_ATTEMPTS} attempts, not ${attempts}`);
  }
  return attempts;
}

function assertInterval(seconds: number): number {
  if (!(seconds >= 1 && seconds <= MAX_INTERVAL_SECONDS))
    throw new RangeError(`The interval of a job must be 1 to ${MAX_INTERVAL_SECONDS} seconds, not ${seconds}`);
  return seconds;
}
