const VISIBILITY_DESCRIPTION =
  'Users with access: `workspace` (all users), `team` (members of a team, and admins), or `personal` (the owner).';

/** Options of the fields that state who can use an object. */
export const VISIBILITY = { description: VISIBILITY_DESCRIPTION };
export const TEAM = {
  description: 'Team that can use it. Its `name` is null if the team was deleted.',
  nullable: true,
};
export const OWNER_ID = {
  description: 'ID of the user who owns it. Null if a service key created it.',
  nullable: true,
};

/** Options of the fields that set who can use an object. */
export const VISIBILITY_INPUT = { description: `${VISIBILITY_DESCRIPTION} Default: \`workspace\`.`, optional: true };
export const TEAM_ID_INPUT = {
  description: 'ID of the team. Required with the visibility `team`, otherwise not allowed.',
  optional: true,
  nullable: true,
  example: null,
};
