/** A tag that the workspace knows. */
export interface TagView {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly description: string | null;
  /** Conversations that have it. */
  readonly count: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
