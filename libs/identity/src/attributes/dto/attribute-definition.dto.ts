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
  '`text`, `number`, `date` (ISO 8601), `list` (one of `options`), `checkbox` (true or false), `link` (a URL) or `currency` (a number).';

/** What one of the fields in `custom_fields` is, and may hold. */
export class AttributeDefinitionDto {
  @UuidField({ description: 'Id of the definition.' })
  id: string;

  @EnumField(ATTRIBUTE_SUBJECTS, { description: 'What the field is on.' })
  applies_to: string;

  @StringField({ description: 'Key of the field in `custom_fields`.', example: 'plan' })
  key: string;

  @StringField({ description: 'What people call it.', example: 'Plan' })
  label: string;

  @StringField({ description: 'What it is for.', nullable: true, max: 1000, example: 'What they have bought' })
  description: string | null;

  @EnumField(ATTRIBUTE_TYPES, { description: TYPES, example: 'list' })
  type: string;

  @StringListField({
    description: 'What a list is chosen from; empty for other types.',
    maxItems: 500,
    example: ['free', 'pro'],
  })
  options: string[];

  @StringField({
    description: 'Pattern (RE2) that a text must match somewhere; `^` and `$` bind it to the whole.',
    nullable: true,
    max: 500,
    example: null,
  })
  regex: string | null;

  @StringField({
    description: 'What the pattern asks for, in words: stands in refusals behind the key.',
    nullable: true,
    example: null,
  })
  regex_hint: string | null;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What to change about a definition; what is left out stays as it is. */
export class UpdateAttributeDefinitionDto {
  @StringField({ description: 'What people call it.', optional: true, min: 1, example: 'Plan' })
  label?: string;

  @StringField({
    description: 'What it is for.',
    optional: true,
    nullable: true,
    max: 1000,
    example: 'What they have bought',
  })
  description?: string | null;

  @StringListField({
    description: 'What a list is chosen from; with the type `list` only.',
    optional: true,
    maxItems: 500,
    minLength: 1,
    example: ['free', 'pro', 'enterprise'],
  })
  options?: string[];

  @StringField({
    description: 'Pattern (RE2) that a text must match somewhere; with the type `text` only.',
    optional: true,
    nullable: true,
    min: 1,
    max: 500,
    example: null,
  })
  regex?: string | null;

  @StringField({
    description: 'What the pattern asks for, in words, such as `must look like AB-12`.',
    optional: true,
    nullable: true,
    min: 1,
    example: null,
  })
  regex_hint?: string | null;
}

/** A field to define. */
export class CreateAttributeDefinitionDto extends UpdateAttributeDefinitionDto {
  @EnumField(ATTRIBUTE_SUBJECTS, { description: 'What the field is on.' })
  applies_to: AttributeSubject;

  @StringField({
    description: 'Key of the field in `custom_fields`.',
    min: 1,
    max: 100,
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    patternHint: 'must begin with a letter and have letters, digits, _ and - only',
    example: 'plan',
  })
  key: string;

  @StringField({ description: 'What people call it.', min: 1, example: 'Plan' })
  declare label: string;

  @EnumField(ATTRIBUTE_TYPES, { description: TYPES, example: 'list' })
  type: AttributeType;
}

/** Which definitions to list. */
export class AttributeDefinitionListQueryDto extends TimedPageQueryDto {
  @ListQueryField({ description: 'Only fields on these.', values: ATTRIBUTE_SUBJECTS, example: 'contact' })
  applies_to?: string[];
}

/** The change in the domain's names. */
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

/** The request in the domain's names. */
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

/** Puts a definition on the wire. */
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
