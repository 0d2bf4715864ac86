const WHO_SEES_IT = 'Who sees it: everybody, a team (and admins), or only who made it.';

/** Options of the fields by which a shared thing says who it is for. */
export const VISIBILITY = { description: WHO_SEES_IT };
export const TEAM = { description: 'The team that it is for; its name is null once the team is gone.', nullable: true };
export const OWNER_ID = { description: 'Who made it; null when a service did.', nullable: true };

/** Options of the fields by which whoever writes it says so. */
export const WANTED_VISIBILITY = { description: `${WHO_SEES_IT} Default workspace.`, optional: true };
export const WANTED_TEAM_ID = {
  description: 'The team that it is for; goes with the visibility `team`.',
  optional: true,
  nullable: true,
  example: null,
};
