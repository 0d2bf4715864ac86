/** Response with one object. */
export interface ItemResponse<T> {
  readonly data: T;
}

/** Wraps an object in a response. */
export function toResponse<T>(data: T): ItemResponse<T> {
  return { data };
}
