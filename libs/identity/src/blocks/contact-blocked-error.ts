import { DomainError } from '@parley/kernel';

/**
 * The error for messages of a blocked contact. @param contactId null if the contact was created by the rejected request
 * and is rolled back with it.
 */
export function contactBlockedError(contactId: string | null): DomainError {
  return new DomainError('FORBIDDEN', 'This contact is blocked', contactId === null ? {} : { contact_id: contactId });
}
