import { builtInRoleScopes } from '@parley/kernel/auth';

/** Role that every workspace has and that cannot be changed. */
export interface BuiltInRole {
  readonly position: number;
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly string[];
}

const NAMES: readonly (readonly [role: string, name: string, description: string])[] = [
  ['owner', 'Owner', 'All permissions. A workspace always has an owner.'],
  ['admin', 'Admin', 'All permissions, except managing owners.'],
  ['agent', 'Agent', 'Works with conversations and contacts. Can see settings and users, but not change them.'],
];

/** Built-in roles, highest first. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = NAMES.map(([role, name, description], position) => ({
  position,
  role,
  name,
  description,
  get scopes() {
    return builtInRoleScopes(role);
  },
}));

const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...BUILT_IN_ROLES.flatMap(({ role, name }) => [role, name.toLowerCase()]),
  'service',
]);

/** True if a membership can have this role without a row in `teams.roles`. */
export function isBuiltInRole(role: string): boolean {
  return BUILT_IN_ROLES.some((builtIn) => builtIn.role === role);
}

/** True if a custom role with this name could be mistaken for a built-in role. */
export function isReservedName(name: string): boolean {
  return RESERVED_NAMES.has(name.trim().toLowerCase());
}
