/** Attempts of a job that says nothing else. */
export const DEFAULT_ATTEMPTS = 5;
/** No job is tried more often than this. */
export const MAX_ATTEMPTS = 1000;

const NAME = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** What a job is called and carries; `Payload` holds ids and small facts. */
export interface JobDefinition<Payload extends object> {
  /** `<domain>.<what it does>`; waiting jobs are kept under it, so it is for good. */
  readonly name: string;
  /** Attempts before it is parked in `kernel.dead_letters`. */
  readonly attempts: number;
  /** Carries the type only; always absent. */
  readonly payload?: Payload;
}

const definitions = new Map<string, JobDefinition<object>>();

/**
 * Declares a job. A process that has loaded the declaration does not start unless exactly one method is decorated
 * with `@ProcessJob` for it.
 * @throws Error when the name is malformed or taken.
 */
export function defineJob<Payload extends object>(
  name: string,
  options: { readonly attempts?: number } = {},
): JobDefinition<Payload> {
  if (!NAME.test(name)) throw new Error(`The job name ${name} does not read <domain>.<what-it-does>`);
  if (definitions.has(name)) throw new Error(`Two jobs are called ${name}`);
  const definition: JobDefinition<Payload> = { name, attempts: assertAttempts(options.attempts ?? DEFAULT_ATTEMPTS) };
  definitions.set(name, definition);
  return definition;
}

/** Every job declared by the modules that this process has loaded so far. */
export function declaredJobs(): readonly JobDefinition<object>[] {
  return [...definitions.values()];
}

/** The job of that name, or null when this process knows none. */
export function findJob(name: string): JobDefinition<object> | null {
  return definitions.get(name) ?? null;
}

/** @throws RangeError when no job can be tried that often. */
export function assertAttempts(attempts: number): number {
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > MAX_ATTEMPTS) {
    throw new RangeError(`A job is tried 1 to ${MAX_ATTEMPTS} times, not ${attempts}`);
  }
  return attempts;
}
