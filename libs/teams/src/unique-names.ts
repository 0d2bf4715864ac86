import { DomainError } from '@parley/kernel';
import { mapConstraintErrors } from '@parley/kernel/database';

/** What has a name that nothing else of its kind in the workspace has, and the index that holds it. */
const NAMED_KINDS = {
  team: { index: 'teams_name', article: 'a' },
  inbox: { index: 'inboxes_name', article: 'an' },
  role: { index: 'roles_name', article: 'a' },
} as const;

/** A kind of thing whose names are unique in the workspace. */
export type NamedKind = keyof typeof NAMED_KINDS;

/** The refusal of a name that something else has. */
export function nameConflictError(kind: NamedKind, name: string): DomainError {
  return new DomainError('CONFLICT', `There is ${NAMED_KINDS[kind].article} ${kind} called ${name} already`, { name });
}

/** Writes a name. @throws DomainError CONFLICT when something else has it. */
export function withUniqueName(kind: NamedKind, name: string, write: () => Promise<void>): Promise<void> {
  return mapConstraintErrors({ [NAMED_KINDS[kind].index]: () => nameConflictError(kind, name) }, write);
}
