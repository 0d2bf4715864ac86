/** Default number of attempts of a job. */
export const DEFAULT_ATTEMPTS = 5;
/** Maximum number of attempts of a job. */
export const MAX_ATTEMPTS = 1000;
const MAX_INTERVAL_SECONDS = 366 * 24 * 3600;

const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** Name and payload type of a job. `Payload` holds IDs and small values. */
export interface JobDefinition<Payload extends object> {
  /** `<domain>.<verb-object>`. Stored with waiting jobs; if it changes, the old name must become an alias. */
  readonly name: string;
  /** Earlier names. Jobs that were enqueued under one of them still run, and their dead letters can be redriven. */
  readonly aliases: readonly string[];
  /** Attempts before the job is parked in `kernel.dead_letters`. */
  readonly attempts: number;
  /** Seconds between two runs of a periodic job; null for other jobs. */
  readonly everySeconds: number | null;
  /** Carries the type only; always absent. */
  readonly payload?: Payload;
}

/** Options of {@link defineJob}. */
export interface JobDefinitionOptions {
  /** Attempts before the job is parked in `kernel.dead_letters`. Default: 5. */
  readonly attempts?: number;
  /** Seconds between two runs. Makes the job periodic. */
  readonly everySeconds?: number;
  /** Earlier names. */
  readonly aliases?: readonly string[];
}

const definitions = new Map<string, JobDefinition<object>>();
/** Definitions by name and alias. */
const definitionsByAnyName = new Map<string, JobDefinition<object>>();

/**
 * Defines a job. A process that has loaded the definition does not start unless exactly one method is decorated with
 * `@ProcessJob` for it.
 * @throws Error if the name is malformed or already used; RangeError if an option is out of range.
 */
export function defineJob<Payload extends object>(
  name: string,
  options: JobDefinitionOptions = {},
): JobDefinition<Payload> {
  const { aliases = [] } = options;
  for (const anyName of [name, ...aliases]) {
    if (!NAME.test(anyName)) throw new Error(`The job name ${anyName} must have the form <domain>.<verb-object>`);
    if (definitionsByAnyName.has(anyName)) throw new Error(`Two jobs have the name ${anyName}`);
  }
  const definition: JobDefinition<Payload> = {
    name,
    aliases,
    attempts: assertAttempts(options.attempts ?? DEFAULT_ATTEMPTS),
    everySeconds: options.everySeconds === undefined ? null : assertInterval(options.everySeconds),
  };
  definitions.set(name, definition);
  for (const anyName of [name, ...aliases]) definitionsByAnyName.set(anyName, definition);
  return definition;
}

/** Returns every job that the loaded modules have defined so far. */
export function declaredJobs(): readonly JobDefinition<object>[] {
  return [...definitions.values()];
}

/** Returns the names and aliases of every job that the loaded modules have defined so far. */
export function declaredJobNames(): readonly string[] {
  return [...definitionsByAnyName.keys()];
}

/** Returns the job with this name or alias, or null if this process has none. */
export function findJob(name: string): JobDefinition<object> | null {
  return definitionsByAnyName.get(name) ?? null;
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
