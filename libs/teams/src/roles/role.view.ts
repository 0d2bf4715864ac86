/** Role: a named set of scopes. */
export interface RoleView {
  /** Null for a built-in role. */
  readonly id: string | null;
  /** Value that memberships store: `owner`, `admin`, `agent`, or the ID. */
  readonly role: string;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly string[];
  /** Number of users with the role, including deactivated ones. */
  readonly membersCount: number;
  readonly version: number;
  /** Null for a built-in role. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}
