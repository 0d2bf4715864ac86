import {
  EnumField,
  omitUndefined,
  UuidField,
  IntegerField,
  ListQueryField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import {
  ATTRIBUTE_SUBJECTS,
  ATTRIBUTE_TYPES,
  type UpdateAttributeDefinitionInput,
  type AttributeDefinitionView,
  type AttributeSubject,
  type AttributeType,
  type CreateAttributeDefinitionInput,
} from '../attribute-definition.view.js';

const TYPES =
  'Type of the values: `text`, `number`, `date` (ISO 8601), `list` (one of `options`), `checkbox` (boolean), ' +
  '`link` (URL) or `currency` (number).';

export class AttributeDefinitionDto {
  @UuidField({ description: 'ID of the attribute definition.' })
  id: string;

  @EnumField(ATTRIBUTE_SUBJECTS, { description: 'Resource that has the field.' })
  applies_to: string;

  @StringField({ description: 'Key of the field in `custom_fields`.', example: 'plan' })
  key: string;

  @StringField({ description: 'Display name.', example: 'Plan' })
  label: string;

  @StringField({ description: 'Description for agents.', nullable: true, max: 1000, example: 'What they have bought' })
  description: string | null;

  @EnumField(ATTRIBUTE_TYPES, { description: TYPES, example: 'list' })
  type: string;

  @StringListField({
    description: 'Allowed values of a `list`. Empty for other types.',
    maxItems: 500,
    example: ['free', 'pro'],
  })
  options: string[];

  @StringField({
    description:
      'RE2 pattern that a text must match. The match can be anywhere in the text; use `^` and `$` to match the ' +
      'whole text.',
    nullable: true,
    max: 500,
    example: null,
  })
  regex: string | null;

  @StringField({
    description: 'Error message for texts that do not match `regex`. Follows the key of the field.',
    nullable: true,
    example: null,
  })
  regex_hint: string | null;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Fields to update. Omitted fields stay unchanged. */
export class UpdateAttributeDefinitionDto {
  @StringField({ description: 'Display name.', optional: true, min: 1, example: 'Plan', trim: true })
  label?: string;

  @StringField({
    description: 'Description for agents.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'What they have bought',
  })
  description?: string | null;

  @StringListField({
    description: 'Allowed values. Only for the type `list`.',
    optional: true,
    maxItems: 500,
    minLength: 1,
    example: ['free', 'pro', 'enterprise'],
  })
  options?: string[];

  @StringField({
    description: 'RE2 pattern that a text must match. Only for the type `text`.',
    optional: true,
    nullable: true,
    min: 1,
    max: 500,
    example: null,
  })
  regex?: string | null;

  @StringField({
    description:
      'Error message for texts that do not match `regex`, for example `must look like AB-12`. Follows the key ' +
      'of the field.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  regex_hint?: string | null;
}

export class CreateAttributeDefinitionDto extends UpdateAttributeDefinitionDto {
  @EnumField(ATTRIBUTE_SUBJECTS, { description: 'Resource that has the field.' })
  applies_to: AttributeSubject;

  @StringField({
    description:
      'Key of the field in `custom_fields`. Starts with a letter and contains only letters, digits, `_` and `-`.',
    min: 1,
    max: 100,
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    patternHint: 'must start with a letter and contain only letters, digits, _ and -',
    example: 'plan',
  })
  key: string;

  @StringField({ description: 'Display name.', min: 1, example: 'Plan', trim: true })
  declare label: string;

  @EnumField(ATTRIBUTE_TYPES, { description: TYPES, example: 'list' })
  type: AttributeType;
}

export class AttributeDefinitionListQueryDto extends TimedPageQueryDto {
  @ListQueryField({
    description: 'Only definitions for any of these resources.',
    values: ATTRIBUTE_SUBJECTS,
    example: 'contact',
  })
  applies_to?: string[];
}

export function toUpdateAttributeDefinitionInput({
  label,
  description,
  options,
  regex,
  regex_hint: regexHint,
}: UpdateAttributeDefinitionDto): UpdateAttributeDefinitionInput {
  const fields = { label, description, options: options && [...new Set(options)], regex, regexHint };
  return omitUndefined(fields);
}

export function toCreateAttributeDefinitionInput(dto: CreateAttributeDefinitionDto): CreateAttributeDefinitionInput {
  const { applies_to: appliesTo, key, type, label } = dto;
  return {
    description: null,
    options: [],
    regex: null,
    regexHint: null,
    ...toUpdateAttributeDefinitionInput(dto),
    appliesTo,
    key,
    type,
    label,
  };
}

export function toAttributeDefinitionDto(view: AttributeDefinitionView): AttributeDefinitionDto {
  return {
    id: view.id,
    applies_to: view.appliesTo,
    key: view.key,
    label: view.label,
    description: view.description,
    type: view.type,
    options: view.options as string[],
    regex: view.regex,
    regex_hint: view.regexHint,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}
