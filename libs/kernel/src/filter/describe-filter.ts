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
  text: 'Text. Compared case-insensitively as a whole. Searches in it ignore accents, and Arabic and Hebrew marks, too; there `ß` equals `ss`, and full-width characters equal their usual forms.',
  number: 'Number.',
  boolean: 'Boolean, `true` or `false`.',
  date: 'RFC 3339 date and time with a time zone, or a date, which means midnight in UTC. Compared with millisecond precision.',
  id: 'a UUID',
  enum: 'One of the documented values of the field. Compared exactly.',
  text_list: 'Text. Compared exactly with the items of the list.',
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

/**
 * All operators with their meanings and field types, all field types with their operators, and the limits of a filter.
 */
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

/** Schema of a DTO field that holds a filter. {@link filterJsonSchema} adds the referenced schema to the document. */
export const FILTER_SCHEMA = { allOf: [{ $ref: '#/components/schemas/Filter' }] } as const;

/**
 * The JSON schema (OpenAPI 3.1) of a filter. The schema refers to itself, so register it as the component at `ref`.
 *
 * @param ref reference to the schema in the document
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
      'A condition or a group of filters (`all`, `any` or `not`). Groups can be nested ' +
      `${FILTER_LIMITS.depth} levels deep, with at most ${FILTER_LIMITS.conditions} conditions in total. Text ` +
      'is compared case-insensitively. For a field without a value, `not_equals`, `not_in`, ' +
      '`not_contains` and `is_not_present` are true and all other operators are false. Validation errors ' +
      'contain the path of the invalid node, such as `filter.all[1].value`.',
    oneOf: [
      group('all', 'Filters that must all match. An empty list matches everything.'),
      group('any', 'Filters of which at least one must match.'),
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
      field: { type: 'string', minLength: 1, description: 'Field of the resource, or `custom_fields.<key>`.' },
      operator: {
        type: 'string',
        enum: [...FILTER_OPERATORS],
        description: FILTER_OPERATORS.map((name) => `- \`${name}\`: ${OPERATORS[name].description}`).join('\n'),
      },
      value: {
        description:
          'Value to compare with. A list for `in`, `not_in` and `between`. Omit it for `is_present`, ' +
          '`is_not_present` and `changed`.',
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
