import type { Actor } from '@parley/kernel';
import type { TimeRange } from '@parley/kernel/pagination';

/** A stored file. */
export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly folder: { readonly id: string; readonly name: string } | null;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  /** Of the bytes, in hex. */
  readonly sha256: string;
  /** Pixels; null for what is no raster image. */
  readonly width: number | null;
  readonly height: number | null;
  readonly storageKey: string;
  readonly uploadedBy: Actor;
  readonly createdAt: string;
}

/** Which files to list. */
export interface FilesFilter extends Pick<TimeRange, 'createdAfter' | 'createdBefore'> {
  readonly q?: string;
  /** Null is in no folder. */
  readonly folderId?: string | null;
  /** Types, or their first part alone: `image/png`, `image`. */
  readonly types?: readonly string[];
}
