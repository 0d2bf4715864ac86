import type { FastifyRequest } from 'fastify';

const UNCOUNTED = Symbol('parley.uncounted');

/** A class of costly operations with its own rate limit. */
export interface RateClass {
  readonly name: string;
  readonly requestsPerMinute: number;
  /**
   * True if the class limits work and not attempts: requests that fail, and those that {@link excludeFromRateClass} was
   * called for, do not count, and workspaces with the plan `unlimited` have no limit.
   */
  readonly countsOnlyWork: boolean;
}

const classes = new Map<string, RateClass>();

/**
 * Defines a rate limit for costly operations, per workspace, or per address for callers without a credential. It
 * applies in addition to the limit of the plan.
 * @throws Error if the class is already defined. Each class has one owner.
 */
export function defineRateClass(
  name: string,
  requestsPerMinute: number,
  { countsOnlyWork = false }: Partial<Pick<RateClass, 'countsOnlyWork'>> = {},
): RateClass {
  if (classes.has(name)) throw new Error(`The rate class ${name} is defined twice`);
  const rateClass = { name, requestsPerMinute, countsOnlyWork };
  classes.set(name, rateClass);
  return rateClass;
}

/** Excludes a request from its rate class, because it starts no costly work. */
export function excludeFromRateClass(request: FastifyRequest): void {
  (request as { [UNCOUNTED]?: boolean })[UNCOUNTED] = true;
}

export function isExcludedFromRateClass(request: FastifyRequest): boolean {
  return (request as { [UNCOUNTED]?: boolean })[UNCOUNTED] === true;
}
