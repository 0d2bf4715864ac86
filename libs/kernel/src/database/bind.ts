/** Takes a value of a statement and gives the parameter that stands for it. */
export type Bind = (value: unknown) => string;

/** Puts values into a statement's list of them. */
export function createBinder(values: unknown[]): Bind {
  return (value) => `$${values.push(value)}`;
}
