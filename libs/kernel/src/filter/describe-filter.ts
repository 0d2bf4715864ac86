import { OPERATORS, OPERATORS_BY_TYPE, type ValueShape } from './filter-operators.js';
import {
  FILTER_LIMITS,
  FILTER_OPERATORS,
  type FieldType,
  type FilterNode,
  type FilterOperator,
} from './filter-types.js';

/** The filter language as data, for documentation pages and for clients that build filters. */
export interface FilterLanguage {
  operators: { name: FilterOperator; value: ValueShape; description: string; types: FieldType[] }[];
  types: { name: FieldType; operators: readonly FilterOperator[]; value: string }[];
  limits: typeof FILTER_LIMITS;
}

const VALUES_BY_TYPE: Readonly<Record<FieldType, string>> = {
  text: 'a text; compared regardless of case, one character with one (no Unicode normalisation)',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date or time in ISO 8601 with a time zone; compared to the millisecond',
  id: 'a UUID',
  enum: 'one of the values of the field, exactly as documented',
  text_list: 'a text, compared with the entries of the list exactly',
};

const EXAMPLE: FilterNode = {
  all: [
    { field: 'status', operator: 'in', value: ['open', 'pending'] },
    {
      any: [
        { field: 'tags', operator: 'contains', value: 'vip' },
        { field: 'custom_fields.plan', operator: 'equals', value: 'enterprise' },
      ],
    },
    { not: { field: 'last_activity_at', operator: 'within_last', value: 86400 } },
  ],
};

/** Every operator with its meaning and the types that take it, every type with its operators, and the limits of a filter. */
export function describeFilterLanguage(): FilterLanguage {
  const types = Object.keys(OPERATORS_BY_TYPE) as FieldType[];
  return {
    operators: FILTER_OPERATORS.map((name) => ({
      name,
      value: OPERATORS[name].shape,
      description: OPERATORS[name].description,
      types: types.filter((type) => OPERATORS_BY_TYPE[type].includes(name)),
    })),
    types: types.map((name) => ({ name, operators: OPERATORS_BY_TYPE[name], value: VALUES_BY_TYPE[name] })),
    limits: FILTER_LIMITS,
  };
}

/** How a field that holds a filter is documented: by the schema that {@link filterJsonSchema} puts into the document. */
export const FILTER_SCHEMA = { allOf: [{ $ref: '#/components/schemas/Filter' }] } as const;

/**
 * The JSON schema (OpenAPI 3.1) of a filter. The schema refers to itself, so register it under the component that `ref` names.
 *
 * @param ref where the schema will stand in the document
 */
export function filterJsonSchema(ref = '#/components/schemas/Filter'): Record<string, unknown> {
  const group = (key: 'all' | 'any', description: string) => ({
    type: 'object',
    required: [key],
    additionalProperties: false,
    properties: {
      [key]: {
        type: 'array',
        items: { $ref: ref },
        minItems: key === 'any' ? 1 : 0,
        maxItems: FILTER_LIMITS.nodes,
        description,
      },
    },
  });
  return {
    description:
      `A condition, or a group of filters: \`all\`, \`any\` or \`not\`, at most ${FILTER_LIMITS.depth} deep over at most ${FILTER_LIMITS.conditions} conditions. ` +
      'Text is compared regardless of case. A field without a value makes `not_equals`, `not_in`, `not_contains` and `is_not_present` true and every other operator false. ' +
      'A fault is answered with the path of its node, such as `filter.all[1].value`.',
    oneOf: [
      group('all', 'Every one of these holds; an empty list always does.'),
      group('any', 'At least one of these holds.'),
      { type: 'object', required: ['not'], additionalProperties: false, properties: { not: { $ref: ref } } },
      conditionSchema(),
    ],
    example: EXAMPLE,
  };
}

function conditionSchema(): Record<string, unknown> {
  const scalar = [{ type: 'string', maxLength: FILTER_LIMITS.textLength }, { type: 'number' }];
  return {
    type: 'object',
    required: ['field', 'operator'],
    additionalProperties: false,
    properties: {
      field: { type: 'string', minLength: 1, description: 'A field of the resource, or `custom_fields.<key>`.' },
      operator: {
        type: 'string',
        enum: [...FILTER_OPERATORS],
        description: FILTER_OPERATORS.map((name) => `- \`${name}\`: ${OPERATORS[name].description}`).join('\n'),
      },
      value: {
        description:
          'What to compare with; a list for `in`, `not_in` and `between`, left out for `is_present`, `is_not_present` and `changed`.',
        oneOf: [
          ...scalar,
          { type: 'boolean' },
          { type: 'null' },
          { type: 'array', items: { anyOf: scalar }, minItems: 1, maxItems: FILTER_LIMITS.listValues },
        ],
      },
    },
  };
}
