import type { TimeRange } from '@parley/kernel/pagination';

/** Filter of the list of folders. */
export interface FileFoldersFilter extends TimeRange {
  readonly q?: string;
}

/** Folder of files. */
export interface FileFolderView {
  readonly id: string;
  readonly name: string;
  readonly filesCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
