/** What the owner of a scope group declares about it. */
export interface ScopeGroupOptions {
  /** Noun phrase for the documentation: `Conversations, messages and notes`. */
  readonly description: string;
  /** Access of the built-in role `agent`. Default: none. */
  readonly agent?: 'read' | 'write';
}

/** A group of scopes: the operations of related resources. */
export interface ScopeGroup extends ScopeGroupOptions {
  readonly name: string;
}

/** `<group>:<read|write>`. The process does not start if an operation requires a scope that is not declared. */
export type Scope = `${string}:${'read' | 'write'}`;

const groups = new Map<string, ScopeGroup>();

/**
 * Declares the scopes `<name>:read` and `<name>:write`.
 * @throws Error when the group has another owner.
 */
export function declareScopes(name: string, options: ScopeGroupOptions): void {
  if (groups.has(name)) throw new Error(`The scope group ${name} is declared twice`);
  groups.set(name, { ...options, name });
}

/** The scope groups of the loaded domains, sorted by name. */
export function scopeGroups(): readonly ScopeGroup[] {
  return [...groups.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** All scopes of the loaded domains. */
export function allScopes(): readonly Scope[] {
  return scopeGroups().flatMap(({ name }) => [`${name}:read`, `${name}:write`] as const);
}

/** Whether a scope is declared. */
export function isScope(text: string): text is Scope {
  const [name, access, ...rest] = text.split(':');
  return rest.length === 0 && (access === 'read' || access === 'write') && groups.has(name!);
}

/**
 * Normalizes the spelling of a scope: `read:conversations` becomes `conversations:read`; `*` stays.
 * @returns null if the scope does not exist.
 */
export function normalizeScope(text: string): string | null {
  if (text === '*' || isScope(text)) return text;
  const [first, second] = text.split(':');
  const swapped = `${second}:${first}`;
  return text.split(':').length === 2 && isScope(swapped) ? swapped : null;
}

/** Whether the granted scopes allow the required one. Write includes read. */
export function hasScope(granted: ReadonlySet<string>, required: Scope): boolean {
  if (granted.has('*') || granted.has(required)) return true;
  return required.endsWith(':read') && granted.has(`${required.slice(0, -5)}:write`);
}

/** The scopes of a built-in role; none for other names. */
export function builtInRoleScopes(role: string): readonly string[] {
  if (role === 'owner' || role === 'admin') return ['*'];
  if (role !== 'agent') return [];
  return scopeGroups().flatMap(({ name, agent }) => {
    if (agent === undefined) return [];
    return agent === 'write' ? [`${name}:read`, `${name}:write`] : [`${name}:read`];
  });
}
