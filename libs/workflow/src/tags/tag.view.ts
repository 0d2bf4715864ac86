/** Tag of a workspace. */
export interface TagView {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly description: string | null;
  /** Number of conversations with the tag. */
  readonly count: number;
  /** Number of tickets with the tag. */
  readonly ticketCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
