import type { FilterNode, TimeRange, Total } from '@parley/kernel';

/** Contacts that pass a filter, under a name. */
export interface SegmentView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly filter: FilterNode;
  /** Who was in it when it was looked at last; counted up to 10,000. */
  readonly keptCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The same with how many are in it now. */
export interface CountedSegment extends SegmentView {
  readonly members: Total;
}

/** What can be set about a segment. */
export interface SegmentFields {
  readonly name?: string;
  readonly description?: string | null;
  readonly filter?: unknown;
}

/** A segment as contacts show it. */
export interface SegmentOfContact {
  readonly id: string;
  readonly name: string;
}

/** Which segments to list. */
export interface SegmentsFilter extends TimeRange {
  /** In the name or the description. */
  readonly q?: string;
}
