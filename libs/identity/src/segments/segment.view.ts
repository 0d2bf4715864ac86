import type { FilterNode } from '@parley/kernel/filter';
import type { TimeRange, Total } from '@parley/kernel/pagination';

/** A named filter for contacts. */
export interface SegmentView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly filter: FilterNode;
  /** Number of members at the last update, counted up to 10,000. */
  readonly memberCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A segment with the current number of members. */
export interface SegmentWithCount extends SegmentView {
  readonly members: Total;
}

/** Fields of a segment that can be set. */
export interface SegmentInput {
  readonly name?: string;
  readonly description?: string | null;
  readonly filter?: unknown;
}

/** A segment in the details of a contact. */
export interface ContactSegment {
  readonly id: string;
  readonly name: string;
}

export interface SegmentsFilter extends TimeRange {
  /** Text in the name or the description. */
  readonly q?: string;
}
