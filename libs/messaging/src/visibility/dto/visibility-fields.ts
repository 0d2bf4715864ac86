const VISIBILITY_DESCRIPTION = 'Who sees it: everybody, a team (and admins), or only who made it.';

/** Options of the fields by which a shared thing says who it is for. */
export const VISIBILITY = { description: VISIBILITY_DESCRIPTION };
export const TEAM = { description: 'The team that it is for; its name is null once the team is gone.', nullable: true };
export const OWNER_ID = { description: 'Who made it; null when a service did.', nullable: true };

/** Options of the fields by which whoever writes it says so. */
export const VISIBILITY_INPUT = { description: `${VISIBILITY_DESCRIPTION} Default workspace.`, optional: true };
export const TEAM_ID_INPUT = {
  description: 'The team that it is for; goes with the visibility `team`.',
  optional: true,
  nullable: true,
  example: null,
};
