import type { Actor } from '@parley/kernel';
import type { CsvEncoding } from '../csv/csv-encoding.js';

export const IMPORT_STATUSES = ['pending', 'running', 'completed', 'failed', 'canceled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** Fields that identify existing contacts. */
export const UPSERT_KEYS = ['email', 'identifier', 'none'] as const;
export type UpsertKey = (typeof UPSERT_KEYS)[number];

/** Options of an import. */
export interface ImportOptions {
  /** Contact field of each column. Other columns are ignored. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly upsertBy: UpsertKey;
  /** Action for rows of existing contacts. */
  readonly onConflict: 'update' | 'skip';
  /** Tags for all contacts of the file. */
  readonly tags: readonly string[];
  /** If true, counts the results without changing contacts. */
  readonly dryRun: boolean;
  /** Notes about the mapping. Default: none, in imports of earlier versions. */
  readonly warnings?: readonly string[];
  readonly delimiter: string;
  /** Default: UTF-8, in imports of earlier versions. */
  readonly encoding?: CsvEncoding;
  /** Default: true, in imports of earlier versions. */
  readonly isValidUtf8?: boolean;
  /** Columns of the file in their order. */
  readonly columns: readonly string[];
}

/** Number of rows by result. */
export interface ImportCounts {
  readonly created: number;
  readonly updated: number;
  /** Rows of existing contacts with no changes. */
  readonly unchanged: number;
  /** Rows of existing contacts that were skipped because of `onConflict`. */
  readonly skipped: number;
  readonly failed: number;
}

/** An import of a CSV file of contacts. */
export interface ImportView extends ImportCounts {
  readonly id: string;
  readonly status: ImportStatus;
  readonly fileKey: string;
  readonly fileName: string;
  /** In bytes. */
  readonly fileSize: number;
  readonly options: ImportOptions;
  readonly actor: Actor;
  /** Rows that were imported without an invalid phone number. */
  readonly incomplete: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
  /** Reason why the whole import failed. */
  readonly error: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** A row that could not be imported, or not completely. */
export interface ImportError {
  /** Row number as in spreadsheets: the header is row 1. */
  readonly row: number;
  readonly reasons: readonly string[];
  /** Cells by column. */
  readonly record: Readonly<Record<string, string>>;
}
