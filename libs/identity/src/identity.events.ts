import { DomainEvent, type Changed } from '@parley/kernel';

/** A contact was met for the first time. */
export class ContactCreated extends DomainEvent<{ readonly email: string | null }> {
  static readonly type = 'contact.created';
}

/** Something about a contact changed. */
export class ContactUpdated extends DomainEvent<{ readonly changed: Changed }> {
  static readonly type = 'contact.updated';
}

/** A contact was deleted; what they wrote stays. */
export class ContactDeleted extends DomainEvent<object> {
  static readonly type = 'contact.deleted';
}
