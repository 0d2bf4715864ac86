import type { FieldPath } from '../errors/field-path.js';
import type { FieldCatalogue, FieldReference } from '../filter/field-catalogue.js';
import { FILTER_LIMITS } from '../filter/filter-types.js';
import { isUuid } from '../ids/ids.js';
import type { Reference } from './reference.js';

const GROUPS = ['all', 'any', 'not'] as const;

/**
 * The references of a stored filter: IDs, and names such as tags, in conditions on fields that refer to objects, and
 * members of families that do, such as custom fields. The filter can be invalid; unknown fields are skipped.
 */
export function filterReferences(
  filter: unknown,
  catalogue: FieldCatalogue,
  path: FieldPath = ['filter'],
  depth = 0,
): Reference[] {
  if (typeof filter !== 'object' || filter === null || depth > FILTER_LIMITS.depth) return [];
  if (Array.isArray(filter))
    return filter.flatMap((item, index) => filterReferences(item, catalogue, [...path, index], depth));
  const node = filter as Readonly<Record<string, unknown>>;
  if (typeof node.field === 'string') return conditionReferences(node.field, node.value, catalogue, path);
  return GROUPS.flatMap((group) =>
    Object.hasOwn(node, group) ? filterReferences(node[group], catalogue, [...path, group], depth + 1) : [],
  );
}

function conditionReferences(name: string, value: unknown, catalogue: FieldCatalogue, path: FieldPath): Reference[] {
  const field = catalogue.resolve(name);
  if (!field) return [];
  const { refersTo, memberOf } = field;
  const member: Reference[] = memberOf
    ? [{ path: [...path, 'field'], target: { type: memberOf.type, id: memberOf.id } }]
    : [];
  if (refersTo === undefined) return member;
  const at = [...path, 'value'];
  const values: readonly (readonly [FieldPath, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [[...at, index], item] as const)
    : [[at, value]];
  return [
    ...member,
    ...values.flatMap(([valuePath, item]) => {
      const id = typeof item === 'string' ? toReferenceId(item, refersTo) : null;
      const { type, isUncertain } = refersTo;
      return id === null ? [] : [{ path: valuePath, target: { type, id }, ...(isUncertain && { isUncertain }) }];
    }),
  ];
}

/** The ID that a value stands for; null for aliases such as `me`. */
function toReferenceId(value: string, { keyOf }: FieldReference): string | null {
  if (keyOf) return keyOf(value);
  return isUuid(value) ? value.toLowerCase() : null;
}
