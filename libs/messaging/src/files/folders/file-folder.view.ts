import type { TimeRanges } from '../../lists/conditions.js';

/** Which folders to list. */
export interface FileFoldersFilter extends TimeRanges {
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
