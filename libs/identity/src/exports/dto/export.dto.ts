import { badRequestError } from '@parley/kernel';
import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  EnumField,
  UuidField,
  IntegerField,
  StringField,
  StringListField,
  DateField,
  AnyJsonField,
  UrlField,
} from '@parley/kernel/http';
import { CONTACT_FILTER_EXAMPLE } from '../../contacts/dto/contact-list-query.dto.js';
import { EXPORT_FIELDS, filterUnknownExportFields } from '../contact-export-fields.js';
import { EXPORT_FORMATS, EXPORT_KINDS, EXPORT_STATUSES, type ExportOptions, type ExportView } from '../export.view.js';

const LIST_FORMATS = ['csv', 'jsonl'] as const;

/** Which contacts to write, and how. */
export class CreateExportDto {
  @EnumField(LIST_FORMATS, {
    description: '`csv` is a table whose first line names the fields; `jsonl` one JSON object a line.',
  })
  format: 'csv' | 'jsonl';

  @AnyJsonField(FILTER_SCHEMA, {
    description: 'Only contacts that pass this filter. Errors point at the node, such as `filter.all[1].value`.',
    optional: true,
    example: CONTACT_FILTER_EXAMPLE,
  })
  filter?: unknown;

  @UuidField({
    description: 'Only contacts who belong to this segment; instead of a filter.',
    optional: true,
    nullable: true,
    example: null,
  })
  segment_id?: string | null;

  @StringListField({
    description: `Which fields, in their order: ${EXPORT_FIELDS.map((field) => `\`${field}\``).join(', ')} or \`custom_fields.<key>\`. Default: all but the last.`,
    optional: true,
    minItems: 1,
    example: ['email', 'name', 'custom_fields.plan'],
  })
  fields?: string[];
}

/** A file that contacts are written to. */
export class ExportDto {
  @UuidField({ description: 'Id of the export.' })
  id: string;

  @EnumField(EXPORT_KINDS, { description: '`contacts` is a list of contacts, `person` all that is known about one.' })
  kind: string;

  @UuidField({ description: 'Whom it is about, when it is about one.', nullable: true, example: null })
  contact_id: string | null;

  @EnumField(EXPORT_FORMATS, { description: 'How the file is written.' })
  format: string;

  @EnumField(EXPORT_STATUSES, {
    description:
      'Where it stands. The file of one that has expired is gone: after a day, or when somebody was erased meanwhile.',
    example: 'completed',
  })
  status: string;

  @IntegerField({ description: 'Contacts to write; null for all about one person.', nullable: true, example: 4000 })
  total: number | null;

  @IntegerField({ description: 'Contacts, or records about a person, written so far.', example: 4000 })
  written: number;

  @IntegerField({ description: 'Size of the file in bytes.', nullable: true, example: 512_000 })
  size: number | null;

  @UrlField({
    description: 'Where the file is. Works without a credential until `expires_at`.',
    nullable: true,
    example: null,
  })
  url: string | null;

  @StringField({ description: 'Why it has failed.', nullable: true, max: 2000, example: null })
  error: string | null;

  @DateField({ description: 'When it was asked for.' })
  created_at: string;

  @DateField({ description: 'When it began.', nullable: true })
  started_at: string | null;

  @DateField({ description: 'When it ended.', nullable: true })
  ended_at: string | null;

  @DateField({ description: 'When the file is taken away.', nullable: true })
  expires_at: string | null;
}

/** The query of the link to an export's file. */
export class ExportFileQueryDto {
  @StringField({ description: 'When the link expires, in seconds since 1970.', max: 20, example: '1795244400' })
  expires: string;

  @StringField({ description: 'Proof that the link is ours.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;
}

/** The request in the domain's names. @throws DomainError BAD_REQUEST for fields that are none. */
export function toCreateExportInput({
  format,
  filter = null,
  segment_id: segmentId = null,
  fields = [...EXPORT_FIELDS],
}: CreateExportDto): ExportOptions {
  const unknown = filterUnknownExportFields(fields);
  if (unknown.length > 0)
    throw badRequestError({
      fields: unknown.map((name) => `fields must not have ${JSON.stringify(name)}, which is no field of contacts`),
    });
  if (filter !== null && segmentId !== null) throw badRequestError({ segment_id: ['segment_id goes without filter'] });
  return { format, filter, segmentId, fields: [...new Set(fields)] };
}

/** Puts an export on the wire. */
export function toExportDto(view: ExportView, url: string | null): ExportDto {
  return {
    id: view.id,
    kind: view.kind,
    contact_id: view.contactId,
    format: view.options.format,
    status: view.status,
    total: view.total,
    written: view.written,
    size: view.file?.size ?? null,
    url,
    error: view.error,
    created_at: view.createdAt,
    started_at: view.startedAt,
    ended_at: view.endedAt,
    expires_at: view.expiresAt,
  };
}
