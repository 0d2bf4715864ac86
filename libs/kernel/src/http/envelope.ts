/** One object on the wire. */
export interface One<T> {
  readonly data: T;
}

/** Wraps one object. */
export function one<T>(data: T): One<T> {
  return { data };
}
