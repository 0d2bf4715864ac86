import { EnumField, IntegerField, NestedListField, StringField, StringListField } from '../../http/fields.js';
import { OPERATORS_BY_TYPE } from '../filter-operators.js';
import { FILTER_OPERATORS } from '../filter-types.js';
import type { ListedField } from '../list-fields.js';

/** A field that filters can use. */
export class FilterFieldDto {
  @StringField({
    description:
      'Name of the field in filters. A part in angle brackets stands for any name, such as in `custom_fields.<key>`.',
    example: 'status',
  })
  name: string;

  @EnumField([...Object.keys(OPERATORS_BY_TYPE), 'untyped'], {
    description: 'Type of the field. For `untyped`, the type follows from the operator and value of each condition.',
    example: 'enum',
  })
  type: string;

  @StringListField({
    description: 'Operators that conditions on the field can use.',
    values: FILTER_OPERATORS,
    example: ['equals', 'not_equals', 'in', 'not_in', 'is_present', 'is_not_present'],
  })
  operators: string[];

  @StringListField({
    description: 'Allowed values of a field of type `enum`, otherwise null.',
    nullable: true,
    example: ['open', 'pending', 'snoozed', 'resolved', 'closed'],
  })
  values: string[] | null;

  @StringField({ description: 'Description of the field.', example: 'Status.' })
  description: string;
}

/** All fields that filters can use. */
export class FilterFieldsDto {
  @NestedListField(() => FilterFieldDto, { description: 'The fields.', maxItems: 1000 })
  data: FilterFieldDto[];

  @IntegerField({ description: 'Number of fields.', example: 43 })
  total: number;
}

/** Maps fields to the wire format. */
export function toFilterFieldsDto(fields: readonly ListedField[]): FilterFieldsDto {
  const data = fields.map(({ name, type, operators, values, description }) => ({
    name,
    type,
    operators: [...operators],
    values: values && [...values],
    description,
  }));
  return { data, total: data.length };
}
