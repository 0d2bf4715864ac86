import type { TimeRange } from '@parley/kernel/pagination';
import type { ConversationOrder } from '../conversations/conversations-filter.js';
import type { SharedView } from '../visibility/visibility.js';

/** What views are over. */
export const SAVED_VIEW_RESOURCES = ['conversation'] as const;
export type SavedViewResource = (typeof SAVED_VIEW_RESOURCES)[number];

/** A filter that is kept under a name. */
export interface SavedView extends SharedView {
  readonly resource: SavedViewResource;
  readonly name: string;
  readonly description: string | null;
  /** A rich filter, in which `me` may stand for whoever looks. */
  readonly filter: unknown;
  readonly orderBy: ConversationOrder;
  readonly orderDir: 'asc' | 'desc';
  /** Fields to show. */
  readonly columns: readonly string[];
  /** Views stand in ascending order of it. */
  readonly position: number;
}

/** What can be set about a view. */
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

/** Which views to list. */
export interface SavedViewsFilter extends TimeRange {
  readonly visibility?: readonly string[];
  readonly resource?: string;
}

/** How many conversations a view has; counted up to a bound, beyond which there are more. */
export interface SavedViewCount {
  readonly id: string;
  readonly count: number;
  readonly more: boolean;
}
