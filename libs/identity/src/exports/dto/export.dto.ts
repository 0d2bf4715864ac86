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
const EXPORT_FIELD_NAMES = EXPORT_FIELDS.map((field) => `\`${field}\``).join(', ');

export class CreateExportDto {
  @EnumField(LIST_FORMATS, {
    description: 'File format. `csv`: a table with a header row. `jsonl`: one JSON object per line.',
  })
  format: 'csv' | 'jsonl';

  @AnyJsonField(FILTER_SCHEMA, {
    description:
      'Only contacts that match this filter. Cannot be combined with `segment_id`. Error paths point to the ' +
      'invalid node, for example `filter.all[1].value`.',
    optional: true,
    example: CONTACT_FILTER_EXAMPLE,
  })
  filter?: unknown;

  @UuidField({
    description: 'Only current members of this segment. Cannot be combined with `filter`.',
    optional: true,
    nullable: true,
    example: null,
  })
  segment_id?: string | null;

  @StringListField({
    description:
      `Fields to export, in this order: ${EXPORT_FIELD_NAMES} or \`custom_fields.<key>\`. ` +
      'Default: all fields, without separate columns for custom fields.',
    optional: true,
    minItems: 1,
    example: ['email', 'name', 'custom_fields.plan'],
  })
  fields?: string[];
}

export class ExportDto {
  @UuidField({ description: 'Export ID.' })
  id: string;

  @EnumField(EXPORT_KINDS, { description: '`contacts`: a list of contacts. `person`: all data of one contact.' })
  kind: string;

  @UuidField({ description: 'ID of the exported contact. Only for the kind `person`.', nullable: true, example: null })
  contact_id: string | null;

  @EnumField(EXPORT_FORMATS, { description: 'File format.' })
  format: string;

  @EnumField(EXPORT_STATUSES, {
    description:
      'Status of the export. An export expires after one day, or earlier if a contact of the workspace is ' +
      'erased; its file is then deleted.',
    example: 'completed',
  })
  status: string;

  @IntegerField({
    description: 'Number of contacts to export. Null for the kind `person`.',
    nullable: true,
    example: 4000,
  })
  total: number | null;

  @IntegerField({ description: 'Number of contacts, or of records of one contact, written so far.', example: 4000 })
  written: number;

  @IntegerField({ description: 'Size of the file in bytes.', nullable: true, example: 512_000 })
  size: number | null;

  @UrlField({
    description: 'URL of the file. Needs no credential and is valid until `expires_at`.',
    nullable: true,
    example: null,
  })
  url: string | null;

  @StringField({ description: 'Reason why the export failed.', nullable: true, max: 2000, example: null })
  error: string | null;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Start time.', nullable: true })
  started_at: string | null;

  @DateField({ description: 'End time.', nullable: true })
  ended_at: string | null;

  @DateField({ description: 'Time when the file is deleted.', nullable: true })
  expires_at: string | null;
}

/** Query parameters of a signed URL. */
export class ExportFileQueryDto {
  @StringField({ description: 'Expiry time of the link, in Unix seconds.', max: 20, example: '1795244400' })
  expires: string;

  @StringField({ description: 'Signature of the link.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;
}

/** @throws DomainError BAD_REQUEST for unknown fields, if the filter is null, or if both a filter and a segment are given. */
export function toCreateExportInput({
  format,
  filter,
  segment_id: segmentId = null,
  fields = [...EXPORT_FIELDS],
}: CreateExportDto): ExportOptions {
  const unknown = filterUnknownExportFields(fields);
  if (unknown.length > 0)
    throw badRequestError({
      fields: unknown.map((name) => `fields must not have ${JSON.stringify(name)}, which is no field of contacts`),
    });
  if (filter === null) throw badRequestError({ filter: ['filter must be an object'] });
  if (filter !== undefined && segmentId !== null)
    throw badRequestError({ segment_id: ['segment_id cannot be combined with filter'] });
  return { format, filter: filter ?? null, segmentId, fields: [...new Set(fields)] };
}

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
