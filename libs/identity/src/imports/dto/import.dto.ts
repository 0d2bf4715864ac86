import {
  badRequest,
  Choice,
  Flag,
  Id,
  Integer,
  JsonObject,
  QueryFlag,
  Text,
  TextList,
  Time,
  Url,
} from '@parley/kernel';
import type { WantedImport } from '../contact-imports.service.js';
import { ignoredColumns, IMPORT_FIELDS } from '../import-mapping.js';
import { IMPORT_STATUSES, UPSERT_KEYS, type ImportView, type UpsertKey } from '../import.view.js';

const CONFLICTS = ['update', 'skip'] as const;
const FIELDS = `${IMPORT_FIELDS.map((field) => `\`${field}\``).join(', ')} or \`custom_fields.<key>\``;
const MAPPING_EXAMPLE = { 'E-mail': 'email', 'Full name': 'name', Plan: 'custom_fields.plan' };

/** How a file is to be taken in; the file itself goes in the field `file`. */
export class CreateImportDto {
  @Text({
    description: `The field of each column, as JSON: ${FIELDS}. Columns that are not named are left out. Without it, columns are taken for what they are called, also by the keys of defined fields; \`ignored_columns\` tells of the others.`,
    optional: true,
    max: 100_000,
    example: JSON.stringify(MAPPING_EXAMPLE),
  })
  mapping?: string;

  @Choice(UPSERT_KEYS, { description: 'What tells whether a contact is known. Default email.', optional: true })
  upsert_by?: UpsertKey;

  @Choice(CONFLICTS, {
    description:
      'What becomes of who is known: what the row says is written over what was known, while empty cells change nothing; or the row is skipped. Default update.',
    optional: true,
  })
  on_conflict?: 'update' | 'skip';

  @Text({
    description: 'Tags for everybody in the file, comma-separated.',
    optional: true,
    max: 1000,
    example: 'imported',
  })
  tags?: string;

  @QueryFlag({
    description: 'Whether to change nothing and only count what would have become of the rows.',
    optional: true,
    example: false,
  })
  dry_run?: boolean;
}

/** A file of contacts that is taken in. */
export class ImportDto {
  @Id({ description: 'Id of the import.' })
  id: string;

  @Choice(IMPORT_STATUSES, { description: 'Where it stands.', example: 'running' })
  status: string;

  @Text({ description: 'Name of the file.', example: 'contacts.csv' })
  file_name: string;

  @JsonObject({ description: 'The field that each column is taken for.', example: MAPPING_EXAMPLE })
  mapping: Record<string, unknown>;

  @TextList({
    description: 'Columns that are taken for nothing: what stands in them is left out.',
    maxItems: 500,
    example: [],
  })
  ignored_columns: string[];

  @Choice(UPSERT_KEYS, { description: 'What tells whether a contact is known.' })
  upsert_by: string;

  @Choice(CONFLICTS, { description: 'What becomes of who is known.' })
  on_conflict: string;

  @TextList({ description: 'Tags for everybody in the file.', example: ['imported'] })
  tags: string[];

  @Flag({ description: 'Whether nothing is changed.', example: false })
  dry_run: boolean;

  @Integer({ description: 'How far the file has been read, in percent of its bytes.', min: 0, max: 100, example: 40 })
  progress_percent: number;

  @Integer({ description: 'Rows read so far.', example: 4000 })
  rows_read: number;

  @Integer({ description: 'Contacts made.', example: 3500 })
  created: number;

  @Integer({ description: 'Contacts changed.', example: 400 })
  updated: number;

  @Integer({ description: 'Rows that said nothing new.', example: 80 })
  unchanged: number;

  @Integer({ description: 'Rows of known contacts that were left alone.', example: 0 })
  skipped: number;

  @Integer({ description: 'Rows that could not be taken in.', example: 20 })
  failed: number;

  @Url({
    description:
      'Where the rows that could not be taken in are, as CSV with the reasons and the number of each as spreadsheets count, where the line of column names is 1. Works without a credential, for about a day. Null when there are none.',
    nullable: true,
    example: null,
  })
  errors_url: string | null;

  @Text({
    description: 'Why the import has failed as a whole; what was taken in before stays.',
    nullable: true,
    max: 2000,
    example: null,
  })
  error: string | null;

  @Time({ description: 'When it was asked for.' })
  created_at: string;

  @Time({ description: 'When it began.', nullable: true })
  started_at: string | null;

  @Time({ description: 'When it ended.', nullable: true, example: null })
  ended_at: string | null;
}

/** The query of the link to an import's failed rows. */
export class ImportErrorsQueryDto {
  @Text({ description: 'When the link expires, in seconds since 1970.', max: 20, example: '1795244400' })
  expires: string;

  @Text({ description: 'Proof that the link is ours.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;
}

/** The request in the domain's names. @throws DomainError BAD_REQUEST for a mapping that is no JSON object of texts. */
export function toWantedImport({
  mapping,
  upsert_by: upsertBy = 'email',
  on_conflict: onConflict = 'update',
  tags = '',
  dry_run: dryRun = false,
}: CreateImportDto): WantedImport {
  const listed = [
    ...new Set(
      tags
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    ),
  ];
  if (listed.some((tag) => tag.length > 100) || listed.length > 50)
    throw badRequest({ tags: ['tags must be at most 50, of at most 100 characters each'] });
  return { mapping: mapping === undefined ? null : parseMapping(mapping), upsertBy, onConflict, tags: listed, dryRun };
}

function parseMapping(text: string): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(text);
    const texts =
      typeof parsed === 'object' &&
      parsed !== null &&
      !Array.isArray(parsed) &&
      Object.values(parsed).every((value) => typeof value === 'string');
    if (texts) return parsed as Record<string, string>;
  } catch {
    // Told below.
  }
  throw badRequest({ mapping: ['mapping must be a JSON object of columns and their fields'] });
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
