/** Group of users that conversations can be assigned to. */
export interface TeamView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly membersCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
