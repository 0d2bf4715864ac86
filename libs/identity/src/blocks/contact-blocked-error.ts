import { DomainError } from '@parley/kernel';

/** The refusal of what a blocked contact writes. @param contactId null when they are made only for what is refused, and gone with it. */
export function contactBlockedError(contactId: string | null): DomainError {
  return new DomainError('FORBIDDEN', 'This contact is blocked', contactId === null ? {} : { contact_id: contactId });
}
