import type { Principal } from '@parley/kernel';

/** Who sees something that was made to be used again. */
export const VISIBILITIES = ['workspace', 'team', 'personal'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Who something is for. */
export interface VisibilitySettings {
  readonly visibility: Visibility;
  /** The team, where it is for one. */
  readonly teamId: string | null;
}

/** What everything that is shared tells of itself. */
export interface SharedView extends VisibilitySettings {
  readonly id: string;
  /** Who made it; null when a service did. */
  readonly ownerId: string | null;
  readonly team: { readonly id: string; readonly name: string | null } | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Somebody who looks. */
export interface Viewer {
  /** Null for a service. */
  readonly userId: string | null;
  /** Admins and services of theirs see what is for any team. What is personal is its owner's alone. */
  readonly canSeeAllTeams: boolean;
}

/** Who looks, by their credential. */
export function toViewer({ userId, scopes }: Pick<Principal, 'userId' | 'scopes'>): Viewer {
  return { userId, canSeeAllTeams: scopes.has('*') };
}

/** The fields with the change in them. What is for somebody else from now on is no longer for the team that it was for. */
export function applyChange<Fields extends VisibilitySettings>(existing: Fields, change: Partial<Fields>): Fields {
  return {
    ...existing,
    ...(change.visibility !== undefined && change.visibility !== 'team' && { teamId: null }),
    ...change,
  };
}

/** Whose something is that is for these from now on: who makes it personal has it. */
export function resolveOwnerId(
  { ownerId }: Pick<SharedView, 'ownerId'>,
  { visibility }: VisibilitySettings,
  { userId }: Pick<Viewer, 'userId'>,
): string | null {
  return visibility === 'personal' ? userId : ownerId;
}

/** SQL that holds for the rows of `alias` that a viewer sees, of whom the two parameters are `userId` and `seesTeams`. */
export function visibilityCondition(alias: string, userId: string, canSeeAllTeams: string): string {
  return `(${alias}.visibility = 'workspace' or (${alias}.visibility = 'personal' and ${alias}.owner_id = ${userId}::uuid) or (${alias}.visibility = 'team' and (${canSeeAllTeams}::boolean
    or exists (select 1 from teams.team_member_cards m where m.team_id = ${alias}.team_id and m.user_id = ${userId}::uuid))))`;
}
