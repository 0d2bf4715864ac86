import type { TimeRange } from '@parley/kernel/pagination';
import type { ConversationOrder } from '../conversations/conversations-filter.js';
import type { SharedView } from '../visibility/visibility.js';

/** Types of objects that views list. */
export const SAVED_VIEW_RESOURCES = ['conversation'] as const;
export type SavedViewResource = (typeof SAVED_VIEW_RESOURCES)[number];

/** Named filter. */
export interface SavedView extends SharedView {
  readonly resource: SavedViewResource;
  readonly name: string;
  readonly description: string | null;
  /** Rich filter; `me` refers to the user who opens the view. */
  readonly filter: unknown;
  readonly orderBy: ConversationOrder;
  readonly orderDir: 'asc' | 'desc';
  /** Fields to display. */
  readonly columns: readonly string[];
  /** Sort position; lower values come first. */
  readonly position: number;
}

/** Writable fields of a view. */
export type SavedViewInput = Pick<
  SavedView,
  | 'visibility'
  | 'teamId'
  | 'resource'
  | 'name'
  | 'description'
  | 'filter'
  | 'orderBy'
  | 'orderDir'
  | 'columns'
  | 'position'
>;

/** Filter of the list of views. */
export interface SavedViewsFilter extends TimeRange {
  readonly visibility?: readonly string[];
  readonly resource?: string;
}

/** Number of conversations in a view. `more` is true if the limit of the count was reached. */
export interface SavedViewCount {
  readonly id: string;
  readonly count: number;
  readonly more: boolean;
}
