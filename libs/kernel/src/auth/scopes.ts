/** What the owner of a scope group declares about it. */
export interface ScopeGroupOptions {
  /** Noun phrase for the documentation: `Conversations, messages and notes`. */
  readonly description: string;
  /** Access of the built-in role `agent`. Default: none. */
  readonly agent?: 'read' | 'write';
  /**
   * Group whose scopes are required in addition: `<name>:write` is only effective with `<requires>:write`, and
   * `<name>:read` with `<requires>:read`.
   */
  readonly requires?: string;
}

/** A group of scopes: the operations of related resources. */
export interface ScopeGroup extends ScopeGroupOptions {
  readonly name: string;
}

/** `<group>:<read|write>`. The process does not start if an operation requires a scope that is not declared. */
export type Scope = `${string}:${'read' | 'write'}`;

const groups = new Map<string, ScopeGroup>();
/** The scope itself and those that it requires, by scope. */
const requirements = new Map<string, readonly Scope[]>();

/**
 * Declares the scopes `<name>:read` and `<name>:write`.
 * @throws Error when the group has another owner, or requires a group that is not declared before it.
 */
export function declareScopes(name: string, options: ScopeGroupOptions): void {
  if (groups.has(name)) throw new Error(`The scope group ${name} is declared twice`);
  const { requires } = options;
  if (requires !== undefined && !groups.has(requires))
    throw new Error(`The scope group ${name} requires the group ${requires}, which is not declared`);
  groups.set(name, { ...options, name });
  for (const access of ['read', 'write'] as const)
    requirements.set(`${name}:${access}`, [
      `${name}:${access}`,
      ...(requires === undefined ? [] : requiredScopes(`${requires}:${access}`)),
    ]);
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

/** The scope and those that its group requires in addition. */
export function requiredScopes(scope: Scope): readonly Scope[] {
  return requirements.get(scope) ?? [scope];
}

/** The first of the {@link requiredScopes} that the granted scopes do not include, or null. Write includes read. */
export function findMissingScope(granted: ReadonlySet<string>, required: Scope): Scope | null {
  if (granted.has('*')) return null;
  return requiredScopes(required).find((scope) => !includesScope(granted, scope)) ?? null;
}

/** Whether the granted scopes allow the required one and those that its group requires. Write includes read. */
export function hasScope(granted: ReadonlySet<string>, required: Scope): boolean {
  return findMissingScope(granted, required) === null;
}

function includesScope(granted: ReadonlySet<string>, scope: Scope): boolean {
  return granted.has(scope) || (scope.endsWith(':read') && granted.has(`${scope.slice(0, -5)}:write`));
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
