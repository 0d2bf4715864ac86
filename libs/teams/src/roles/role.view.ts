/** A role: what whoever has it may do. */
export interface RoleView {
  /** Null for a built-in role. */
  readonly id: string | null;
  /** What a membership keeps: `owner`, `admin`, `agent`, or the id. */
  readonly role: string;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly string[];
  /** How many users have it, deactivated ones too. */
  readonly membersCount: number;
  readonly version: number;
  /** Null for a built-in role. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}
