import type { AttributeType } from '@parley/identity';
import { defineFieldCatalogue, type FieldCatalogue, type FieldType } from '@parley/kernel/filter';

/** The type of a defined custom field in filters. */
const FILTER_TYPES: Readonly<Record<AttributeType, FieldType>> = {
  text: 'text',
  link: 'text',
  list: 'text',
  number: 'number',
  currency: 'number',
  date: 'date',
  checkbox: 'boolean',
};

/** Types of the defined custom fields by their IDs in references, such as `contact.plan`. */
export type CustomFieldTypes = ReadonlyMap<string, AttributeType>;

/**
 * The catalogue with the types of the defined custom fields. Filters are validated with it; they are evaluated with the
 * original one, so that they stay valid when a definition is deleted.
 */
export function withCustomFieldTypes(catalogue: FieldCatalogue, types: CustomFieldTypes): FieldCatalogue {
  if (types.size === 0) return catalogue;
  const { families = [], ...declaration } = catalogue.declaration;
  return defineFieldCatalogue({
    ...declaration,
    families: families.map((family) => ({
      ...family,
      typeOf: (key) => {
        const type = family.memberOf && types.get(family.memberOf(key).id);
        return { type: type === undefined ? 'untyped' : FILTER_TYPES[type] };
      },
    })),
  });
}
