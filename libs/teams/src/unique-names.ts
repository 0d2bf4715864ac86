import { DomainError, refusing } from '@parley/kernel';

/** What has a name that nothing else of its kind in the workspace has, and the index that holds it. */
const NAMED = {
  team: { index: 'teams_name', article: 'a' },
  inbox: { index: 'inboxes_name', article: 'an' },
  role: { index: 'roles_name', article: 'a' },
} as const;

/** A kind of thing whose names are unique in the workspace. */
export type Named = keyof typeof NAMED;

/** The refusal of a name that something else has. */
export function nameTaken(kind: Named, name: string): DomainError {
  return new DomainError('CONFLICT', `There is ${NAMED[kind].article} ${kind} called ${name} already`, { name });
}

/** Writes a name. @throws DomainError CONFLICT when something else has it. */
export function nameIsFree(kind: Named, name: string, write: () => Promise<void>): Promise<void> {
  return refusing({ [NAMED[kind].index]: () => nameTaken(kind, name) }, write);
}
