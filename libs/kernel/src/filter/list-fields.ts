import type { FieldCatalogue, FieldDefinition, FieldFamily, ResolvedType } from './field-catalogue.js';
import { OPERATORS_BY_TYPE, requiresEvent } from './filter-operators.js';
import { FILTER_OPERATORS, type FilterOperator, type FilterPurpose } from './filter-types.js';

/** A field, or a pattern of field names such as `custom_fields.<key>`, with all that a filter can do with it. */
export interface ListedField {
  readonly name: string;
  readonly type: ResolvedType;
  readonly operators: readonly FilterOperator[];
  /** The allowed values of an `enum` field, otherwise null. */
  readonly values: readonly string[] | null;
  readonly description: string;
}

/** The fields that filters of a catalogue can use for a purpose, in the order of their declaration. */
export function listFields(catalogue: FieldCatalogue, purpose: FilterPurpose): ListedField[] {
  const { fields, families = [], events = false } = catalogue.declaration;
  const isAvailable = ({ sql }: FieldDefinition | FieldFamily): boolean => purpose === 'memory' || sql !== undefined;
  const withEvents = events && purpose === 'memory';
  return [
    ...fields.filter(isAvailable).map(({ name, type, values = null, description }): ListedField => ({
      name,
      type,
      operators: operatorsOf(type, withEvents),
      values,
      description,
    })),
    ...families
      .filter(isAvailable)
      .map(({ prefix, description }) => untypedField(`${prefix}<key>`, description, withEvents)),
    ...(withEvents ? eventFields() : []),
  ];
}

function eventFields(): ListedField[] {
  return [
    untypedField('previous.<field>', 'Value of a field before the event. Has the type of the field.', false),
    {
      name: 'changed.<field>',
      type: 'boolean',
      operators: operatorsOf('boolean', false),
      values: null,
      description: 'True if the event changed the field.',
    },
  ];
}

function untypedField(name: string, description: string, withEvents: boolean): ListedField {
  return { name, type: 'untyped', operators: operatorsOf('untyped', withEvents), values: null, description };
}

function operatorsOf(type: ResolvedType, withEvents: boolean): FilterOperator[] {
  const operators = type === 'untyped' ? FILTER_OPERATORS : OPERATORS_BY_TYPE[type];
  return operators.filter((operator) => withEvents || !requiresEvent(operator));
}
