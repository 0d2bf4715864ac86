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
import type { CreateImportInput } from '../contact-imports.service.js';
import { ignoredColumns, IMPORT_FIELDS } from '../import-mapping.js';
import { IMPORT_STATUSES, UPSERT_KEYS, type ImportView, type UpsertKey } from '../import.view.js';

const CONFLICTS = ['update', 'skip'] as const;
const FIELDS = `${IMPORT_FIELDS.map((field) => `\`${field}\``).join(', ')} or \`custom_fields.<key>\``;
const MAPPING_EXAMPLE = { 'E-mail': 'email', 'Full name': 'name', Plan: 'custom_fields.plan' };

/** How a file is to be taken in; the file itself goes in the field `file`. */
export class CreateImportDto {
  @StringField({
    description: `The field of each column, as JSON: ${FIELDS}. Columns that are not named are left out. Without it, columns are taken for what they are called, also by the keys of defined fields; \`ignored_columns\` tells of the others.`,
    optional: true,
    max: 100_000,
    example: JSON.stringify(MAPPING_EXAMPLE),
  })
  mapping?: string;

  @EnumField(UPSERT_KEYS, { description: 'What tells whether a contact is known. Default email.', optional: true })
  upsert_by?: UpsertKey;

  @EnumField(CONFLICTS, {
    description:
      'What becomes of who is known: what the row says is written over what was known, while empty cells change nothing; or the row is skipped. Default update.',
    optional: true,
  })
  on_conflict?: 'update' | 'skip';

  @StringField({
    description: 'Tags for everybody in the file, comma-separated.',
    optional: true,
    max: 1000,
    example: 'imported',
  })
  tags?: string;

  @BooleanQueryField({
    description: 'Whether to change nothing and only count what would have become of the rows.',
    optional: true,
    example: false,
  })
  dry_run?: boolean;
}

/** A file of contacts that is taken in. */
export class ImportDto {
  @UuidField({ description: 'Id of the import.' })
  id: string;

  @EnumField(IMPORT_STATUSES, { description: 'Where it stands.', example: 'running' })
  status: string;

  @StringField({ description: 'Name of the file.', example: 'contacts.csv' })
  file_name: string;

  @JsonObjectField({ description: 'The field that each column is taken for.', example: MAPPING_EXAMPLE })
  mapping: Record<string, unknown>;

  @StringListField({
    description: 'Columns that are taken for nothing: what stands in them is left out.',
    maxItems: 500,
    example: [],
  })
  ignored_columns: string[];

  @EnumField(UPSERT_KEYS, { description: 'What tells whether a contact is known.' })
  upsert_by: string;

  @EnumField(CONFLICTS, { description: 'What becomes of who is known.' })
  on_conflict: string;

  @StringListField({ description: 'Tags for everybody in the file.', example: ['imported'] })
  tags: string[];

  @BooleanField({ description: 'Whether nothing is changed.', example: false })
  dry_run: boolean;

  @IntegerField({
    description: 'How far the file has been read, in percent of its bytes.',
    min: 0,
    max: 100,
    example: 40,
  })
  progress_percent: number;

  @IntegerField({ description: 'Rows read so far.', example: 4000 })
  rows_read: number;

  @IntegerField({ description: 'Contacts made.', example: 3500 })
  created: number;

  @IntegerField({ description: 'Contacts changed.', example: 400 })
  updated: number;

  @IntegerField({ description: 'Rows that said nothing new.', example: 80 })
  unchanged: number;

  @IntegerField({ description: 'Rows of known contacts that were left alone.', example: 0 })
  skipped: number;

  @IntegerField({ description: 'Rows that could not be taken in.', example: 20 })
  failed: number;

  @UrlField({
    description:
      'Where the rows that could not be taken in are, as CSV with the reasons and the number of each as spreadsheets count, where the line of column names is 1. Works without a credential, for about a day. Null when there are none.',
    nullable: true,
    example: null,
  })
  errors_url: string | null;

  @StringField({
    description: 'Why the import has failed as a whole; what was taken in before stays.',
    nullable: true,
    max: 2000,
    example: null,
  })
  error: string | null;

  @DateField({ description: 'When it was asked for.' })
  created_at: string;

  @DateField({ description: 'When it began.', nullable: true })
  started_at: string | null;

  @DateField({ description: 'When it ended.', nullable: true, example: null })
  ended_at: string | null;
}

/** The query of the link to an import's failed rows. */
export class ImportErrorsQueryDto {
  @StringField({ description: 'When the link expires, in seconds since 1970.', max: 20, example: '1795244400' })
  expires: string;

  @StringField({ description: 'Proof that the link is ours.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;
}

/** The request in the domain's names. @throws DomainError BAD_REQUEST for a mapping that is no JSON object of texts. */
export function toCreateImportInput({
  mapping,
  upsert_by: upsertBy = 'email',
  on_conflict: onConflict = 'update',
  tags = '',
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
    throw badRequestError({ tags: ['tags must be at most 50, of at most 100 characters each'] });
  return { mapping: mapping === undefined ? null : parseMapping(mapping), upsertBy, onConflict, tags: tagList, dryRun };
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
    // Told below.
  }
  throw badRequestError({ mapping: ['mapping must be a JSON object of columns and their fields'] });
}

/** Puts an import on the wire. */
export function toImportDto(view: ImportView, errorsUrl: string | null): ImportDto {
  const { options, fileSize, bytesRead, status } = view;
  const percent = status === 'completed' ? 100 : Math.min(99, Math.floor((100 * bytesRead) / Math.max(1, fileSize)));
  return {
    id: view.id,
    status,
    file_name: view.fileName,
    mapping: options.mapping,
    ignored_columns: ignoredColumns(options.columns, options.mapping),
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
    errors_url: errorsUrl,
    error: view.error,
    created_at: view.createdAt,
    started_at: view.startedAt,
    ended_at: view.endedAt,
  };
}
