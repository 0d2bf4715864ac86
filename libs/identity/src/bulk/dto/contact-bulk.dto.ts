import { BulkOutcomeDto, BulkRunDto } from '@parley/kernel/bulk';
import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  EnumField,
  omitUndefined,
  UuidListField,
  JsonObjectField,
  NestedField,
  NestedListField,
  StringField,
  StringListField,
  AnyJsonField,
} from '@parley/kernel/http';
import { CONTACT_STATUSES, type ContactStatus } from '../../contacts/contact.view.js';
import { CONTACT_FILTER_EXAMPLE } from '../../contacts/dto/contact-list-query.dto.js';
import type { BulkUpdateContactsInput } from '../contact-bulk-update.js';

const MAX_IDS = 10_000;

/** What to change about each of the contacts. */
export class ContactBulkUpdateDto {
  @StringField({ description: 'Name of their company.', optional: true, nullable: true, example: 'Acme Inc' })
  company?: string | null;

  @EnumField(CONTACT_STATUSES, { description: 'Whether they are written to.', optional: true })
  status?: ContactStatus;

  @JsonObjectField({
    description: 'Fields of your own to set. Others stay; null takes one away.',
    optional: true,
    example: { segment: 'enterprise' },
  })
  custom_fields?: Record<string, unknown>;

  @StringListField({
    description: 'All their tags from now on.',
    optional: true,
    minLength: 1,
    maxLength: 100,
    example: ['vip'],
  })
  tags?: string[];

  @StringListField({
    description: 'Tags to add.',
    optional: true,
    minLength: 1,
    maxLength: 100,
    example: ['newsletter'],
  })
  add_tags?: string[];

  @StringListField({
    description: 'Tags to take away.',
    optional: true,
    minLength: 1,
    maxLength: 100,
    example: ['trial'],
  })
  remove_tags?: string[];
}

/** A change of many contacts. */
export class BulkUpdateContactsDto {
  @UuidListField({
    description: 'Which contacts. With a filter as well, only those of them that pass it.',
    optional: true,
    nullable: true,
    minItems: 1,
    maxItems: MAX_IDS,
    example: null,
  })
  ids?: string[] | null;

  @AnyJsonField(FILTER_SCHEMA, {
    description: 'Which contacts. This, `ids`, or both.',
    optional: true,
    example: CONTACT_FILTER_EXAMPLE,
  })
  filter?: unknown;

  @NestedField(() => ContactBulkUpdateDto, { description: 'What to change about each of them.' })
  update: ContactBulkUpdateDto;
}

/** What became of one of the contacts. */
export class ContactBulkResultDto extends BulkOutcomeDto {
  @EnumField(['updated', 'unchanged', 'failed'], { description: 'Whether it was changed.' })
  status: string;
}

/** A change of many contacts at once. */
export class ContactBulkOperationDto extends BulkRunDto {
  @NestedListField(() => ContactBulkResultDto, {
    description: 'Contact by contact. Of an operation that a job does, the first 1,000 failures only.',
    maxItems: 1000,
  })
  results: ContactBulkResultDto[];
}

/** The change in the domain's names. */
export function toBulkUpdateContactsInput(dto: ContactBulkUpdateDto): BulkUpdateContactsInput {
  const { company, status, custom_fields: customFields, tags, add_tags: addTags, remove_tags: removeTags } = dto;
  return omitUndefined({ company, status, customFields, tags, addTags, removeTags });
}
