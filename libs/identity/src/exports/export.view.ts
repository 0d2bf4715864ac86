import type { Actor } from '@parley/kernel';
import type { DeliveredFile } from '@parley/kernel/files';

/** Where an export stands. */
export const EXPORT_STATUSES = ['pending', 'running', 'completed', 'failed', 'expired'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** What an export holds: many contacts, or all that is known about one. */
export const EXPORT_KINDS = ['contacts', 'person'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** How a file is written. */
export const EXPORT_FORMATS = ['csv', 'jsonl', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What is asked for. */
export interface ExportOptions {
  readonly format: ExportFormat;
  /** In the filter language; null is everybody. */
  readonly filter: unknown;
  /** Only who belongs to this segment. */
  readonly segmentId?: string | null;
  /** Which fields, in their order. */
  readonly fields: readonly string[];
}

/** A file that contacts are written to. */
export interface ExportView {
  readonly id: string;
  readonly kind: ExportKind;
  /** Of whom, when it is of one. */
  readonly contactId: string | null;
  readonly options: ExportOptions;
  readonly status: ExportStatus;
  /** How many contacts or records there were when it began; null when that is not known. */
  readonly total: number | null;
  readonly written: number;
  readonly file: DeliveredFile | null;
  readonly error: string | null;
  readonly actor: Actor;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly expiresAt: string | null;
}
