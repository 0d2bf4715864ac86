import type { TimeRange } from '@parley/kernel/pagination';

/** Which folders to list. */
export interface FileFoldersFilter extends TimeRange {
  readonly q?: string;
}

/** A folder that files are kept in. */
export interface FileFolderView {
  readonly id: string;
  readonly name: string;
  readonly filesCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
