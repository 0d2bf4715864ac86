/** Team or inbox that a user is a member of. */
export interface UserGroup {
  readonly id: string;
  readonly name: string;
}

/** Member of a workspace. */
export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** owner, admin, agent, or the ID of a custom role. */
  readonly role: string;
  /** Name of the role. */
  readonly roleName: string;
  readonly status: 'active' | 'invited' | 'inactive';
  /** Effective availability: the setting, or offline while the user is away and `autoOffline` is true. */
  readonly availability: 'online' | 'busy' | 'offline';
  readonly availabilitySetting: 'online' | 'busy' | 'offline';
  /** True if the user appears as offline while they are away. */
  readonly autoOffline: boolean;
  readonly avatarUrl: string | null;
  /** Sorted by name. */
  readonly teams: readonly UserGroup[];
  /** Sorted by name. */
  readonly inboxes: readonly UserGroup[];
  /** Time at which the user became a member; ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}
