import {
  BulkOutcomeDto,
  BulkRunDto,
  Choice,
  FILTER_SCHEMA,
  givenFields,
  IdList,
  JsonObject,
  Nested,
  NestedList,
  Text,
  TextList,
  Unchecked,
} from '@parley/kernel';
import { CONTACT_STATUSES, type ContactStatus } from '../../contacts/contact.view.js';
import { CONTACT_FILTER_EXAMPLE } from '../../contacts/dto/contact-list-query.dto.js';
import type { ContactBulkChange } from '../contact-bulk-change.js';

const MOST_IDS = 10_000;

/** What to change about each of the contacts. */
export class ContactBulkUpdateDto {
  @Text({ description: 'Name of their company.', optional: true, nullable: true, example: 'Acme Inc' })
  company?: string | null;

  @Choice(CONTACT_STATUSES, { description: 'Whether they are written to.', optional: true })
  status?: ContactStatus;

  @JsonObject({
    description: 'Fields of your own to set. Others stay; null takes one away.',
    optional: true,
    example: { segment: 'enterprise' },
  })
  custom_fields?: Record<string, unknown>;

  @TextList({
    description: 'All their tags from now on.',
    optional: true,
    minLength: 1,
    maxLength: 100,
    example: ['vip'],
  })
  tags?: string[];

  @TextList({ description: 'Tags to add.', optional: true, minLength: 1, maxLength: 100, example: ['newsletter'] })
  add_tags?: string[];

  @TextList({ description: 'Tags to take away.', optional: true, minLength: 1, maxLength: 100, example: ['trial'] })
  remove_tags?: string[];
}

/** A change of many contacts. */
export class ContactBulkDto {
  @IdList({
    description: 'Which contacts. With a filter as well, only those of them that pass it.',
    optional: true,
    nullable: true,
    minItems: 1,
    maxItems: MOST_IDS,
    example: null,
  })
  ids?: string[] | null;

  @Unchecked(FILTER_SCHEMA, {
    description: 'Which contacts. This, `ids`, or both.',
    optional: true,
    example: CONTACT_FILTER_EXAMPLE,
  })
  filter?: unknown;

  @Nested(() => ContactBulkUpdateDto, { description: 'What to change about each of them.' })
  update: ContactBulkUpdateDto;
}

/** What became of one of the contacts. */
export class BulkResultDto extends BulkOutcomeDto {
  @Choice(['updated', 'unchanged', 'failed'], { description: 'Whether it was changed.' })
  status: string;
}

/** A change of many contacts at once. */
export class BulkOperationDto extends BulkRunDto {
  @NestedList(() => BulkResultDto, {
    description: 'Contact by contact. Of an operation that a job does, the first 1,000 failures only.',
    maxItems: 1000,
  })
  results: BulkResultDto[];
}

/** The change in the domain's names. */
export function toContactBulkChange(dto: ContactBulkUpdateDto): ContactBulkChange {
  const { company, status, custom_fields: customFields, tags, add_tags: addTags, remove_tags: removeTags } = dto;
  return givenFields({ company, status, customFields, tags, addTags, removeTags });
}
