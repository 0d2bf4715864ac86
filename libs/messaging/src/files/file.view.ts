import type { Actor } from '@parley/kernel';

/** A stored file. */
export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly folder: string | null;
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
