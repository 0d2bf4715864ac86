import type { FilterNode } from '@parley/kernel/filter';
import type { TimeRange, Total } from '@parley/kernel/pagination';

/** Contacts that pass a filter, under a name. */
export interface SegmentView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly filter: FilterNode;
  /** Who was in it when it was looked at last; counted up to 10,000. */
  readonly memberCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The same with how many are in it now. */
export interface SegmentWithCount extends SegmentView {
  readonly members: Total;
}

/** What can be set about a segment. */
export interface SegmentInput {
  readonly name?: string;
  readonly description?: string | null;
  readonly filter?: unknown;
}

/** A segment as contacts show it. */
export interface ContactSegment {
  readonly id: string;
  readonly name: string;
}

/** Which segments to list. */
export interface SegmentsFilter extends TimeRange {
  /** In the name or the description. */
  readonly q?: string;
}
