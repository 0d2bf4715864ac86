/** Resource groups of scopes. */
export const SCOPE_GROUPS = [
  'conversations',
  'contacts',
  'tickets',
  'users',
  'teams',
  'files',
  'webhooks',
  'automations',
  'tags',
  'events',
  'search',
  'settings',
  'api_keys',
  'knowledge',
  'ai',
  'channels',
  'broadcasts',
  'analytics',
] as const;

/** Resource group of a scope. */
export type ScopeGroup = (typeof SCOPE_GROUPS)[number];

/** `<group>:<read|write>`. */
export type Scope = `${ScopeGroup}:${'read' | 'write'}`;

/** All scopes. */
export const SCOPES: readonly Scope[] = SCOPE_GROUPS.flatMap((group) => [`${group}:read`, `${group}:write`] as const);

const SCOPE_SET = new Set<string>(SCOPES);

/**
 * Returns the canonical form of a scope: `read:conversations` is accepted for `conversations:read`; `*` is kept.
 * Returns null for an unknown scope.
 */
export function normalizeScope(text: string): string | null {
  if (text === '*' || SCOPE_SET.has(text)) return text;
  const [first, second] = text.split(':');
  const swapped = `${second}:${first}`;
  return SCOPE_SET.has(swapped) ? swapped : null;
}

/** Returns true if the granted scopes allow the required one. Write includes read. */
export function hasScope(granted: ReadonlySet<string>, required: Scope): boolean {
  if (granted.has('*') || granted.has(required)) return true;
  return required.endsWith(':read') && granted.has(`${required.slice(0, -5)}:write`);
}

const AGENT_SCOPES: readonly Scope[] = [
  'conversations:read',
  'conversations:write',
  'contacts:read',
  'contacts:write',
  'tickets:read',
  'tickets:write',
  'users:read',
  'teams:read',
  'files:read',
  'files:write',
  'tags:read',
  'tags:write',
  'events:read',
  'search:read',
  'automations:read',
  'knowledge:read',
  'ai:read',
  'ai:write',
  'channels:read',
  'analytics:read',
  'settings:read',
];

/** Scopes of each built-in role. */
export const ROLE_SCOPES: Readonly<Record<string, readonly string[]>> = {
  owner: ['*'],
  admin: ['*'],
  agent: AGENT_SCOPES,
};
