import { ROLE_SCOPES } from '@parley/kernel/auth';

/** A role that every workspace has and nobody changes. */
export interface BuiltInRole {
  readonly position: number;
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly string[];
}

const NAMES: readonly (readonly [role: string, name: string, description: string])[] = [
  ['owner', 'Owner', 'May do everything. A workspace always has one.'],
  ['admin', 'Admin', 'May do everything but decide about owners.'],
  ['agent', 'Agent', 'Answers customers: conversations, contacts and tickets, without settings, people and keys.'],
];

/** The built-in roles, from the mightiest. */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = NAMES.map(([role, name, description], position) => ({
  position,
  role,
  name,
  description,
  scopes: ROLE_SCOPES[role]!,
}));

const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...BUILT_IN_ROLES.flatMap(({ role, name }) => [role, name.toLowerCase()]),
  'service',
]);

/** Whether a membership may keep this word as its role without there being such a row. */
export function isBuiltInRole(role: string): boolean {
  return BUILT_IN_ROLES.some((builtIn) => builtIn.role === role);
}

/** Whether a name would be mistaken for a built-in role. */
export function isReservedName(name: string): boolean {
  return RESERVED_NAMES.has(name.trim().toLowerCase());
}
