/** A member of a workspace. */
export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** owner, admin, agent or the id of a custom role. */
  readonly role: string;
  /** What that is called. */
  readonly roleName: string;
  readonly status: 'active' | 'invited' | 'inactive';
  readonly availability: 'online' | 'busy' | 'offline';
  readonly avatarUrl: string | null;
  /** When the membership began; ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
