import { Choice, FILTER_SCHEMA, givenFields, Id, IdList, Integer, JsonObject, Nested, NestedList, Text, TextList, Time, Unchecked } from '@parley/kernel';
import { CONTACT_STATUSES, type ContactStatus } from '../../contacts/contact.view.js';
import { CONTACT_FILTER_EXAMPLE } from '../../contacts/dto/contact-list-query.dto.js';
import type { BulkOperationView } from '../bulk-operation.view.js';
import type { ContactBulkChange } from '../contact-bulk-change.js';

const MOST_IDS = 10_000;

/** What to change about each of the contacts. */
export class ContactBulkUpdateDto {
  @Text({ description: 'Name of their company.', optional: true, nullable: true, example: 'Acme Inc' })
  company?: string | null;

  @Choice(CONTACT_STATUSES, { description: 'Whether they are written to.', optional: true })
  status?: ContactStatus;

  @JsonObject({ description: 'Fields of your own to set. Others stay; null takes one away.', optional: true, example: { segment: 'enterprise' } })
  custom_fields?: Record<string, unknown>;

  @TextList({ description: 'All their tags from now on.', optional: true, minLength: 1, maxLength: 100, example: ['vip'] })
  tags?: string[];

  @TextList({ description: 'Tags to add.', optional: true, minLength: 1, maxLength: 100, example: ['newsletter'] })
  add_tags?: string[];

  @TextList({ description: 'Tags to take away.', optional: true, minLength: 1, maxLength: 100, example: ['trial'] })
  remove_tags?: string[];
}

/** A change of many contacts. */
export class ContactBulkDto {
  @IdList({ description: 'Which contacts. With a filter as well, only those of them that pass it.', optional: true, minItems: 1, maxItems: MOST_IDS })
  ids?: string[];

  @Unchecked(FILTER_SCHEMA, { description: 'Which contacts. This, `ids`, or both.', optional: true, example: CONTACT_FILTER_EXAMPLE })
  filter?: unknown;

  @Nested(() => ContactBulkUpdateDto, { description: 'What to change about each of them.' })
  update: ContactBulkUpdateDto;
}

/** Why one of the contacts was not changed. */
export class BulkErrorDto {
  @Text({ description: 'Code of the error, as in refusals.', example: 'NOT_FOUND' })
  code: string;

  @Text({ description: 'The error in words.', max: 2000, example: 'Contact not found' })
  message: string;
}

/** What became of one of the contacts. */
export class BulkResultDto {
  @Id({ description: 'Id of the contact.' })
  id: string;

  @Choice(['updated', 'unchanged', 'failed'], { description: 'Whether it was changed.' })
  status: string;

  @Nested(() => BulkErrorDto, { description: 'Why it was not.', nullable: true })
  error: BulkErrorDto | null;
}

/** A change of many contacts at once. */
export class BulkOperationDto {
  @Id({ description: 'Id of the operation; it can be looked at for 30 days.' })
  id: string;

  @Choice(['running', 'completed'], { description: 'Whether work goes on.', example: 'completed' })
  status: string;

  @Integer({ description: 'Contacts it is for.', example: 2 })
  total: number;

  @Integer({ description: 'Contacts that are now as asked for.', example: 2 })
  succeeded: number;

  @Integer({ description: 'Contacts that could not be changed.', example: 0 })
  failed: number;

  @NestedList(() => BulkResultDto, { description: 'Contact by contact. Of an operation that a job does, the first 1,000 failures only.', maxItems: 1000 })
  results: BulkResultDto[];

  @Time({ description: 'When it began.' })
  created_at: string;

  @Time({ description: 'When it was done; null while it runs.', nullable: true })
  completed_at: string | null;
}

/** The change in the domain's names. */
export function toContactBulkChange(dto: ContactBulkUpdateDto): ContactBulkChange {
  const { company, status, custom_fields: customFields, tags, add_tags: addTags, remove_tags: removeTags } = dto;
  return givenFields({ company, status, customFields, tags, addTags, removeTags });
}

/** Puts an operation on the wire. */
export function toBulkOperationDto(view: BulkOperationView): BulkOperationDto {
  return {
    id: view.id, status: view.status, total: view.total, succeeded: view.succeeded, failed: view.failed, results: view.results as BulkResultDto[], created_at: view.createdAt,
    completed_at: view.completedAt,
  };
}
