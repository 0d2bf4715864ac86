import type { Principal } from '@parley/kernel';

/** Users who can use a shared object. */
export const VISIBILITIES = ['workspace', 'team', 'personal'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Visibility settings of an object. */
export interface VisibilitySettings {
  readonly visibility: Visibility;
  /** The team, with the visibility `team`. */
  readonly teamId: string | null;
}

/** Common fields of objects with visibility settings. */
export interface SharedView extends VisibilitySettings {
  readonly id: string;
  /** User who owns it; null if a service key created it. */
  readonly ownerId: string | null;
  readonly team: { readonly id: string; readonly name: string | null } | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** User or service key that accesses an object. */
export interface Viewer {
  /** Null for a service key. */
  readonly userId: string | null;
  /**
   * True for credentials with the scope `*`: they can access objects of all teams. Personal objects are only accessible
   * to their owner.
   */
  readonly canSeeAllTeams: boolean;
}

/** Returns the viewer of a credential. */
export function toViewer({ userId, scopes }: Pick<Principal, 'userId' | 'scopes'>): Viewer {
  return { userId, canSeeAllTeams: scopes.has('*') };
}

/** Applies the change to the fields. A change of the visibility to a value other than `team` removes the team. */
export function applyChange<Fields extends VisibilitySettings>(existing: Fields, change: Partial<Fields>): Fields {
  return {
    ...existing,
    ...(change.visibility !== undefined && change.visibility !== 'team' && { teamId: null }),
    ...change,
  };
}

/** Returns the owner of an object with new visibility settings: a change to `personal` makes the user the owner. */
export function resolveOwnerId(
  { ownerId }: Pick<SharedView, 'ownerId'>,
  { visibility }: VisibilitySettings,
  { userId }: Pick<Viewer, 'userId'>,
): string | null {
  return visibility === 'personal' ? userId : ownerId;
}

/** SQL condition on the rows of `alias` that a viewer can access. `userId` and `canSeeAllTeams` are parameters. */
export function visibilityCondition(alias: string, userId: string, canSeeAllTeams: string): string {
  return `(${alias}.visibility = 'workspace' or (${alias}.visibility = 'personal'
    and ${alias}.owner_id = ${userId}::uuid) or (${alias}.visibility = 'team' and (${canSeeAllTeams}::boolean
    or exists (select 1 from teams.team_member_cards m
      where m.team_id = ${alias}.team_id and m.user_id = ${userId}::uuid))))`;
}
