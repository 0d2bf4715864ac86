import { foldCase } from '@parley/kernel/filter';
import { TAG } from '../identity.references.js';

/**
 * Returns the key of a tag: names with the same key are the same tag. Upper and lower case, composed and decomposed
 * characters, and surrounding white space make no difference.
 */
export function tagKey(name: string): string {
  return foldCase(name.trim().normalize('NFC'));
}

/** Removes the tags that have the key of one of `removed`. */
export function withoutTags(tags: readonly string[], removed: readonly string[] = []): string[] {
  const keys = new Set(removed.map(tagKey));
  return tags.filter((tag) => !keys.has(tagKey(tag)));
}

/**
 * SQL of the tags with some keys, as they are spelled in the workspace `$1`, as `text[]`.
 * @param keys SQL of a `text[]` of keys.
 */
export function tagNamesSql(keys: string): string {
  return `array(select n.name from identity.tag_name_cards n where n.workspace_id = $1 and n.key = any(${keys}))`;
}

/** Options of the filter fields with tags: they are compared by their keys. The SQL requires the workspace in `$1`. */
export const TAG_FIELD_OPTIONS = { keyOf: tagKey, valuesSql: tagNamesSql, refersTo: TAG } as const;
