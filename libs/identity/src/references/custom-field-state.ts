import { nearestName } from '@parley/kernel/filter';
import type { TargetState } from '@parley/kernel/references';
import type { AttributeDefinitionView } from '../attributes/attribute-definition.view.js';
import { CUSTOM_FIELD } from '../identity.references.js';

/**
 * The state of a custom field that others refer to, null if it does not exist. Fields without a definition can have
 * values unless definitions are strict. They are absent if the definition was deleted, or if other fields of the
 * resource are defined; a resource without definitions has free fields.
 */
export function customFieldState(
  id: string,
  definitions: readonly Pick<AttributeDefinitionView, 'appliesTo' | 'key'>[],
  isStrict: boolean,
  isDeleted: boolean,
): TargetState | null {
  const subject = id.slice(0, id.indexOf('.'));
  const key = id.slice(subject.length + 1);
  const keys = definitions.filter(({ appliesTo }) => appliesTo === subject).map((definition) => definition.key);
  const active = keys.includes(key) || (!isStrict && keys.length === 0 && !isDeleted);
  if (active) return { type: CUSTOM_FIELD, id, active };
  return isStrict ? null : { type: CUSTOM_FIELD, id, active, isAbsent: true, suggestion: nearestName(key, keys) };
}
