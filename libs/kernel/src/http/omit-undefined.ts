/** Type of {@link omitUndefined}: optional fields without undefined values. */
export type DefinedFields<T> = { [Field in keyof T]?: Exclude<T[Field], undefined> };

/** Removes undefined fields, which an update leaves unchanged. Keeps null, which is a value. */
export function omitUndefined<T extends object>(fields: T): DefinedFields<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as DefinedFields<T>;
}
