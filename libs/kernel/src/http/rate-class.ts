/** A class of costly operations with its own rate limit. */
export interface RateClass {
  readonly name: string;
  readonly requestsPerMinute: number;
}

const classes = new Map<string, RateClass>();

/**
 * Defines a rate limit for costly operations, per workspace, or per address for callers without a credential. It
 * applies in addition to the limit of the plan.
 * @throws Error if the class is already defined. Each class has one owner.
 */
export function defineRateClass(name: string, requestsPerMinute: number): RateClass {
  if (classes.has(name)) throw new Error(`The rate class ${name} is defined twice`);
  const rateClass = { name, requestsPerMinute };
  classes.set(name, rateClass);
  return rateClass;
}
