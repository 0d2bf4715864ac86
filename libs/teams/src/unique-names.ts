import { DomainError } from '@parley/kernel';
import { mapConstraintErrors } from '@parley/kernel/database';

/** Kinds with unique names, and the index that enforces each. */
const NAMED_KINDS = {
  team: { index: 'teams_name', article: 'A' },
  inbox: { index: 'inboxes_name', article: 'An' },
  role: { index: 'roles_name', article: 'A' },
} as const;

/** Kind of object whose names are unique in the workspace. */
export type NamedKind = keyof typeof NAMED_KINDS;

/** Error for a name that is already used. */
export function nameConflictError(kind: NamedKind, name: string): DomainError {
  return new DomainError('CONFLICT', `${NAMED_KINDS[kind].article} ${kind} with the name "${name}" already exists`, {
    name,
  });
}

/**
 * Runs `write`, which stores a name.
 * @throws DomainError CONFLICT if the name is already used.
 */
export function withUniqueName(kind: NamedKind, name: string, write: () => Promise<void>): Promise<void> {
  return mapConstraintErrors({ [NAMED_KINDS[kind].index]: () => nameConflictError(kind, name) }, write);
}
