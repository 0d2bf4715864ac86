/** One object on the wire. */
export interface ItemResponse<T> {
  readonly data: T;
}

/** Wraps one object. */
export function toResponse<T>(data: T): ItemResponse<T> {
  return { data };
}
