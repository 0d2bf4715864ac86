/** A team or inbox that a member is in. */
export interface UserGroup {
  readonly id: string;
  readonly name: string;
}

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
  /** What is shown: the setting, but offline while they are away. */
  readonly availability: 'online' | 'busy' | 'offline';
  readonly availabilitySetting: 'online' | 'busy' | 'offline';
  /** Whether they show as offline while they are away. */
  readonly autoOffline: boolean;
  readonly avatarUrl: string | null;
  /** By their names. */
  readonly teams: readonly UserGroup[];
  /** By their names. */
  readonly inboxes: readonly UserGroup[];
  /** When the membership began; ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
