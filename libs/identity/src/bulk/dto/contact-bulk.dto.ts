import { BulkOutcomeDto, BulkPreviewDto, BulkRunDto } from '@parley/kernel/bulk';
import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  BooleanField,
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

export class ContactBulkUpdateDto {
  @StringField({ description: 'Company name.', optional: true, nullable: true, example: 'Acme Inc' })
  company?: string | null;

  @EnumField(CONTACT_STATUSES, { description: 'Messaging status.', optional: true })
  status?: ContactStatus;

  @JsonObjectField({
    description: 'Custom fields to set. Merged with the existing ones; `null` removes a field.',
    optional: true,
    example: { segment: 'enterprise' },
  })
  custom_fields?: Record<string, unknown>;

  @StringListField({
    description: 'Replaces all tags.',
    optional: true,
    trim: true,
    maxLength: 100,
    example: ['vip'],
  })
  tags?: string[];

  @StringListField({
    description: 'Tags to add.',
    optional: true,
    trim: true,
    maxLength: 100,
    example: ['newsletter'],
  })
  add_tags?: string[];

  @StringListField({
    description: 'Tags to remove.',
    optional: true,
    trim: true,
    maxLength: 100,
    example: ['trial'],
  })
  remove_tags?: string[];
}

export class BulkUpdateContactsDto {
  @UuidListField({
    description:
      'IDs of the contacts. If `filter` is given as well, only those that match it. At least one of `ids` and ' +
      '`filter` is required.',
    optional: true,
    nullable: true,
    minItems: 1,
    maxItems: MAX_IDS,
    example: ['0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c'],
  })
  ids?: string[] | null;

  @AnyJsonField(FILTER_SCHEMA, {
    description: 'Filter for the contacts. At least one of `ids` and `filter` is required.',
    optional: true,
    prefill: false,
    example: CONTACT_FILTER_EXAMPLE,
  })
  filter?: unknown;

  @NestedField(() => ContactBulkUpdateDto, {
    description: 'Changes to each contact.',
    example: { add_tags: ['newsletter'] },
  })
  update: ContactBulkUpdateDto;

  @BooleanField({
    description:
      'If true, changes nothing and returns the number of contacts and a sample of the changes. Default: false.',
    optional: true,
    prefill: false,
    example: true,
  })
  dry_run?: boolean;
}

export class ContactBulkResultDto extends BulkOutcomeDto {
  @EnumField(['updated', 'unchanged', 'skipped', 'failed'], {
    description: 'Result of the contact. `skipped`: an undo left it as it is.',
  })
  status: string;
}

const RESULTS_DESCRIPTION =
  'Results by contact. For an operation that runs as a job, only the first 1,000 that failed or were skipped.';

export class ContactBulkOperationDto extends BulkRunDto {
  @NestedListField(() => ContactBulkResultDto, { description: RESULTS_DESCRIPTION, maxItems: 1000 })
  results: ContactBulkResultDto[];
}

/** New bulk update of contacts, or the result of a dry run. */
export class ContactBulkUpdateResultDto extends BulkPreviewDto {
  @NestedListField(() => ContactBulkResultDto, { description: RESULTS_DESCRIPTION, maxItems: 1000 })
  results: ContactBulkResultDto[];
}

export function toBulkUpdateContactsInput(dto: ContactBulkUpdateDto): BulkUpdateContactsInput {
  const { company, status, custom_fields: customFields, tags, add_tags: addTags, remove_tags: removeTags } = dto;
  return omitUndefined({ company, status, customFields, tags, addTags, removeTags });
}
