import type { Actor } from '@parley/kernel';
import type { TimeRange } from '@parley/kernel/pagination';

/** Stored file. */
export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly folder: { readonly id: string; readonly name: string } | null;
  readonly mimeType: string;
  /** Size in bytes. */
  readonly size: number;
  /** SHA-256 of the content, in hex. */
  readonly sha256: string;
  /** Width in pixels; null if the file is not a raster image. */
  readonly width: number | null;
  readonly height: number | null;
  readonly storageKey: string;
  readonly uploadedBy: Actor;
  readonly createdAt: string;
}

/** Filter of the list of files. */
export interface FilesFilter extends Pick<TimeRange, 'createdAfter' | 'createdBefore'> {
  readonly q?: string;
  /** Null matches files without a folder. */
  readonly folderId?: string | null;
  /** MIME types, or only their first part: `image/png`, `image`. */
  readonly types?: readonly string[];
}
