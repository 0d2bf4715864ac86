/** Fields of which some may be missing, but none is undefined. */
export type GivenFields<T> = { [Field in keyof T]?: Exclude<T[Field], undefined> };

/** The fields that have a value: what a change leaves out stays as it is, and null is a value. */
export function givenFields<T extends object>(fields: T): GivenFields<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as GivenFields<T>;
}
