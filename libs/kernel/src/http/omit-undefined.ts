/** Fields of which some may be missing, but none is undefined. */
export type DefinedFields<T> = { [Field in keyof T]?: Exclude<T[Field], undefined> };

/** The fields that have a value: what a change leaves out stays as it is, and null is a value. */
export function omitUndefined<T extends object>(fields: T): DefinedFields<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as DefinedFields<T>;
}
