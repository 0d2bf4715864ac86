import { badRequestError } from '@parley/kernel';
import {
  EnumField,
  BooleanField,
  UuidField,
  IntegerField,
  JsonObjectField,
  BooleanQueryField,
  StringField,
  StringListField,
  DateField,
  UrlField,
} from '@parley/kernel/http';
import { CSV_ENCODINGS, type CsvEncoding } from '../../csv/csv-encoding.js';
import type { CreateImportInput } from '../contact-imports.service.js';
import { ignoredColumns, IMPORT_FIELDS } from '../import-mapping.js';
import { IMPORT_STATUSES, UPSERT_KEYS, type ImportView, type UpsertKey } from '../import.view.js';

const CONFLICTS = ['update', 'skip'] as const;
const FIELDS = `${IMPORT_FIELDS.map((field) => `\`${field}\``).join(', ')} or \`custom_fields.<key>\``;
const MAPPING_EXAMPLE = { 'E-mail': 'email', 'Full name': 'name', Plan: 'custom_fields.plan' };

/** Options of an import. The file is in the form field `file`. */
export class CreateImportDto {
  @StringField({
    description:
      `Contact field of each column, as a JSON object: ${FIELDS}. \`first_name\` and \`last_name\` form the ` +
      'name. Columns that are not in the mapping are ' +
      'ignored. If omitted, columns are matched by name with contact fields, the keys of attribute definitions ' +
      'and usual names of columns, such as `Vorname` or `E-mail 1 - Value`; \\`ignored_columns\\` lists the unmatched columns.',
    optional: true,
    max: 100_000,
    example: JSON.stringify(MAPPING_EXAMPLE),
  })
  mapping?: string;

  @EnumField(UPSERT_KEYS, { description: 'Field that identifies existing contacts. Default: `email`.', optional: true })
  upsert_by?: UpsertKey;

  @EnumField(CONFLICTS, {
    description:
      "Action for rows of existing contacts. `update`: overwrites fields with the row's values; empty cells " +
      'change nothing. `skip`: skips the row. Default: `update`.',
    optional: true,
  })
  on_conflict?: 'update' | 'skip';

  @EnumField(CSV_ENCODINGS, { description: 'Encoding of the file. If omitted, it is detected.', optional: true })
  encoding?: CsvEncoding;

  @StringField({
    description: 'Comma-separated tags to add to all contacts of the file. At most 50 tags of at most 100 characters.',
    optional: true,
    max: 1000,
    example: 'imported',
  })
  tags?: string;

  @BooleanQueryField({
    description: 'If true, counts the results of the rows without changing contacts. Default: false.',
    optional: true,
    example: false,
  })
  dry_run?: boolean;
}

export class ImportDto {
  @UuidField({ description: 'Import ID.' })
  id: string;

  @EnumField(IMPORT_STATUSES, { description: 'Status of the import.', example: 'running' })
  status: string;

  @StringField({ description: 'Name of the file.', example: 'contacts.csv' })
  file_name: string;

  @EnumField(CSV_ENCODINGS, { description: 'Encoding in which the file is read.' })
  encoding: string;

  @JsonObjectField({ description: 'Contact field of each imported column.', example: MAPPING_EXAMPLE })
  mapping: Record<string, unknown>;

  @StringListField({
    description: 'Columns that are not imported.',
    maxItems: 500,
    example: [],
  })
  ignored_columns: string[];

  @StringListField({
    description: 'Notes about the mapping, for example on custom fields that are imported as text.',
    maxItems: 500,
    maxLength: 1000,
    example: [],
  })
  warnings: string[];

  @EnumField(UPSERT_KEYS, { description: 'Field that identifies existing contacts.' })
  upsert_by: string;

  @EnumField(CONFLICTS, { description: 'Action for rows of existing contacts.' })
  on_conflict: string;

  @StringListField({ description: 'Tags for all contacts of the file.', example: ['imported'] })
  tags: string[];

  @BooleanField({ description: 'True if the import changes no contacts.', example: false })
  dry_run: boolean;

  @IntegerField({
    description: 'Percentage of the file that has been read.',
    min: 0,
    max: 100,
    example: 40,
  })
  progress_percent: number;

  @IntegerField({ description: 'Number of rows read so far.', example: 4000 })
  rows_read: number;

  @IntegerField({ description: 'Number of contacts created.', example: 3500 })
  created: number;

  @IntegerField({ description: 'Number of contacts updated.', example: 400 })
  updated: number;

  @IntegerField({ description: 'Number of rows of existing contacts with no changes.', example: 80 })
  unchanged: number;

  @IntegerField({ description: 'Number of skipped rows of existing contacts.', example: 0 })
  skipped: number;

  @IntegerField({ description: 'Number of rows that could not be imported.', example: 20 })
  failed: number;

  @IntegerField({
    description:
      'Number of rows that were imported without an invalid phone number, because they have an identifier, an e-mail ' +
      'address or another phone number. They are counted as `created`, `updated` or `unchanged` too.',
    example: 0,
  })
  incomplete: number;

  @UrlField({
    description:
      'URL of a CSV file with the failed and the incomplete rows, their row numbers (the header is row 1) and the reasons. Needs ' +
      'no credential and is valid for about one day. Null if there are none.',
    nullable: true,
    example: null,
  })
  errors_url: string | null;

  @StringField({
    description: 'Reason why the whole import failed. Rows that were imported before the failure remain.',
    nullable: true,
    max: 2000,
    example: null,
  })
  error: string | null;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Start time.', nullable: true })
  started_at: string | null;

  @DateField({ description: 'End time.', nullable: true, example: null })
  ended_at: string | null;
}

/** Query parameters of a signed URL. */
export class ImportErrorsQueryDto {
  @StringField({ description: 'Expiry time of the link, in Unix seconds.', max: 20, example: '1795244400' })
  expires: string;

  @StringField({ description: 'Signature of the link.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;
}

/** @throws DomainError BAD_REQUEST if the mapping is not a JSON object of strings. */
export function toCreateImportInput({
  mapping,
  upsert_by: upsertBy = 'email',
  on_conflict: onConflict = 'update',
  tags = '',
  encoding,
  dry_run: dryRun = false,
}: CreateImportDto): CreateImportInput {
  const tagList = [
    ...new Set(
      tags
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    ),
  ];
  if (tagList.some((tag) => tag.length > 100) || tagList.length > 50)
    throw badRequestError({ tags: ['tags must contain at most 50 tags of at most 100 characters'] });
  return {
    mapping: mapping === undefined ? null : parseMapping(mapping),
    encoding: encoding ?? null,
    upsertBy,
    onConflict,
    tags: tagList,
    dryRun,
  };
}

function parseMapping(text: string): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(text);
    const isStringMap =
      typeof parsed === 'object' &&
      parsed !== null &&
      !Array.isArray(parsed) &&
      Object.values(parsed).every((value) => typeof value === 'string');
    if (isStringMap) return parsed as Record<string, string>;
  } catch {
    // Reported below.
  }
  throw badRequestError({ mapping: ['mapping must be a JSON object that maps column names to contact fields'] });
}

export function toImportDto(view: ImportView, errorsUrl: string | null): ImportDto {
  const { options, fileSize, bytesRead, status } = view;
  const percent = status === 'completed' ? 100 : Math.min(99, Math.floor((100 * bytesRead) / Math.max(1, fileSize)));
  return {
    id: view.id,
    status,
    file_name: view.fileName,
    encoding: options.encoding ?? 'utf-8',
    mapping: options.mapping,
    ignored_columns: ignoredColumns(options.columns, options.mapping),
    warnings: [...(options.warnings ?? [])],
    upsert_by: options.upsertBy,
    on_conflict: options.onConflict,
    tags: [...options.tags],
    dry_run: options.dryRun,
    progress_percent: percent,
    rows_read: view.rowsRead,
    created: view.created,
    updated: view.updated,
    unchanged: view.unchanged,
    skipped: view.skipped,
    failed: view.failed,
    incomplete: view.incomplete,
    errors_url: errorsUrl,
    error: view.error,
    created_at: view.createdAt,
    started_at: view.startedAt,
    ended_at: view.endedAt,
  };
}
