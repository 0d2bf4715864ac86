import { DomainError } from '@parley/kernel';

/** The refusal of what a blocked contact writes. */
export function blocked(contactId: string): DomainError {
  return new DomainError('FORBIDDEN', 'This contact is blocked', { contact_id: contactId });
}
