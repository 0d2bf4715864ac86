import type { Actor } from '@parley/kernel';
import type { DeliveredFile } from '@parley/kernel/files';

export const EXPORT_STATUSES = ['pending', 'running', 'completed', 'failed', 'expired'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** Content of an export: a list of contacts, or all data of one contact. */
export const EXPORT_KINDS = ['contacts', 'person'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export const EXPORT_FORMATS = ['csv', 'jsonl', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Filter in the filter language; null for all contacts. */
  readonly filter: unknown;
  /** Only members of this segment. */
  readonly segmentId?: string | null;
  /** Fields in their order. */
  readonly fields: readonly string[];
}

export interface ExportView {
  readonly id: string;
  readonly kind: ExportKind;
  /** The exported contact; null for a list of contacts. */
  readonly contactId: string | null;
  readonly options: ExportOptions;
  readonly status: ExportStatus;
  /** Number of contacts at the start; null if unknown. */
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
