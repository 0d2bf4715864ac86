import type { Actor } from '@parley/kernel';

/** Where an import stands. */
export const IMPORT_STATUSES = ['pending', 'running', 'completed', 'failed', 'canceled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** What a row is held against to find out whether the contact is known. */
export const UPSERT_KEYS = ['email', 'identifier', 'none'] as const;
export type UpsertKey = (typeof UPSERT_KEYS)[number];

/** How a file is to be taken in. */
export interface ImportOptions {
  /** The field of each column; columns without one are left out. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly upsertBy: UpsertKey;
  /** What becomes of a contact who is known already. */
  readonly onConflict: 'update' | 'skip';
  /** Tags for everybody in the file. */
  readonly tags: readonly string[];
  /** Changes nothing, and counts what would have been. */
  readonly dryRun: boolean;
  readonly delimiter: string;
  /** The columns of the file, in their order. */
  readonly columns: readonly string[];
}

/** What has become of rows. */
export interface ImportCounts {
  readonly created: number;
  readonly updated: number;
  /** Known, and all of it known already. */
  readonly unchanged: number;
  /** Known, and left alone because the import says so. */
  readonly skipped: number;
  readonly failed: number;
}

/** A file of contacts that is taken in. */
export interface ImportView extends ImportCounts {
  readonly id: string;
  readonly status: ImportStatus;
  readonly fileKey: string;
  readonly fileName: string;
  /** Bytes. */
  readonly fileSize: number;
  readonly options: ImportOptions;
  readonly actor: Actor;
  readonly rowsRead: number;
  readonly bytesRead: number;
  /** Why it has failed as a whole. */
  readonly error: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** A row that could not be taken in. */
export interface ImportError {
  /** Its number as spreadsheets count, where the header is 1. */
  readonly row: number;
  readonly reasons: readonly string[];
  /** Its cells by column. */
  readonly record: Readonly<Record<string, string>>;
}
