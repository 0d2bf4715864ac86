import type { Principal } from '@parley/kernel';

/** Who sees something that was made to be used again. */
export const VISIBILITIES = ['workspace', 'team', 'personal'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Who something is for. */
export interface Audience {
  readonly visibility: Visibility;
  /** The team, where it is for one. */
  readonly teamId: string | null;
}

/** Somebody who looks. */
export interface Viewer {
  /** Null for a service. */
  readonly userId: string | null;
  /** Admins and services of theirs see what is for any team. What is personal is its owner's alone. */
  readonly seesTeams: boolean;
}

/** Who looks, by their credential. */
export function viewerOf({ userId, scopes }: Pick<Principal, 'userId' | 'scopes'>): Viewer {
  return { userId, seesTeams: scopes.has('*') };
}

/** SQL that holds for the rows of `alias` that a viewer sees, of whom the two parameters are `userId` and `seesTeams`. */
export function visibleSql(alias: string, userId: string, seesTeams: string): string {
  return `(${alias}.visibility = 'workspace' or (${alias}.visibility = 'personal' and ${alias}.owner_id = ${userId}::uuid) or (${alias}.visibility = 'team' and (${seesTeams}::boolean
    or exists (select 1 from teams.team_member_cards m where m.team_id = ${alias}.team_id and m.user_id = ${userId}::uuid))))`;
}
