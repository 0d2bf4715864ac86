/** Values of an object by field. Custom fields are fields such as `custom_fields.plan`. */
export type BulkFields = Readonly<Record<string, unknown>>;

/** Values before and after an update, by field. A value that does not exist is null. */
export type BulkFieldChanges = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** What an undo restores. */
export interface BulkUndoPlan {
  /** Values to restore by field. */
  readonly fields: BulkFields;
  /** Fields that have changed since. */
  readonly skippedFields: readonly string[];
}

const TAGS = 'tags';

/** Returns the fields whose values differ. */
export function diffBulkFields(before: BulkFields, after: BulkFields): BulkFieldChanges {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = names.map((name) => [name, [before[name] ?? null, after[name] ?? null]] as const);
  return Object.fromEntries(changes.filter(([, [old, current]]) => !isEqual(old, current)));
}

/**
 * Decides which fields get their previous value back: those that still have the value of the bulk update. In `tags`,
 * the added tags are removed and the removed ones added; other tags stay.
 * @param tagKey tags with the same key are the same tag.
 */
export function planBulkUndo(
  changes: BulkFieldChanges,
  current: BulkFields,
  tagKey: (tag: string) => string,
): BulkUndoPlan {
  const fields: Record<string, unknown> = {};
  const skippedFields: string[] = [];
  for (const [name, [before, after]] of Object.entries(changes)) {
    const value = current[name] ?? null;
    if (name === TAGS && hasSameTags(before as string[], after as string[], tagKey)) continue;
    const restored =
      name === TAGS
        ? restoreTags(before as string[], after as string[], value as string[], tagKey)
        : isEqual(value, after)
          ? before
          : value;
    if (isEqual(restored, value)) skippedFields.push(name);
    else fields[name] = restored;
  }
  return { fields, skippedFields };
}

/** Removes these fields from what is restored. They are reported as skipped under the name of `reportedAs`. */
export function skipBulkFields(
  { fields, skippedFields }: BulkUndoPlan,
  names: readonly string[],
  reportedAs: string,
): BulkUndoPlan {
  return {
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name))),
    skippedFields: [...new Set([...skippedFields.filter((name) => !names.includes(name)), reportedAs])],
  };
}

function restoreTags(
  before: readonly string[],
  after: readonly string[],
  current: readonly string[],
  tagKey: (tag: string) => string,
): string[] {
  const [keysBefore, keysAfter] = [new Set(before.map(tagKey)), new Set(after.map(tagKey))];
  const remaining = current.filter((tag) => keysBefore.has(tagKey(tag)) || !keysAfter.has(tagKey(tag)));
  const remainingKeys = new Set(remaining.map(tagKey));
  const missing = before.filter((tag) => !keysAfter.has(tagKey(tag)) && !remainingKeys.has(tagKey(tag)));
  return [...remaining, ...missing];
}

/** Another order or spelling is no change of the tags. */
function hasSameTags(a: readonly string[], b: readonly string[], tagKey: (tag: string) => string): boolean {
  return isEqual(a.map(tagKey).sort(), b.map(tagKey).sort());
}

/** Compares JSON values. The order of properties makes no difference. */
function isEqual(a: unknown, b: unknown): boolean {
  return toSortedJson(a) === toSortedJson(b);
}

function toSortedJson(value: unknown): string {
  return JSON.stringify(value, (_name, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
