/** Adds a value to a statement and returns its parameter, such as `$3`. */
export type Bind = (value: unknown) => string;

/** Creates a {@link Bind} that appends to `values`. */
export function createBinder(values: unknown[]): Bind {
  return (value) => `$${values.push(value)}`;
}
