import { Id, Nested, Text, Time } from '@parley/kernel';
import type { ContactIdentityView } from '../contact-identity.view.js';

const LONGEST = 500;

/** The inbox that knows a contact. */
export class IdentityInboxDto {
  @Id({ description: 'Id of the inbox.' })
  id: string;

  @Text({ description: 'Name of the inbox.', nullable: true, example: 'Support' })
  name: string | null;
}

/** What a contact is called in an inbox. */
export class ContactIdentityDto {
  @Id({ description: 'Id of the identity.' })
  id: string;

  @Id({ description: 'The contact.' })
  contact_id: string;

  @Nested(() => IdentityInboxDto, { description: 'The inbox that knows them.' })
  inbox: IdentityInboxDto;

  @Text({ description: 'What the channel of the inbox calls them.', max: LONGEST, example: 'telegram:4711' })
  source_id: string;

  @Time({ description: 'Since when.' })
  created_at: string;
}

/** What a contact is to be called in an inbox. */
export class AddContactIdentityDto {
  @Id({ description: 'The inbox that knows them.' })
  inbox_id: string;

  @Text({
    description: 'What the channel of the inbox calls them; of one contact only in each inbox.',
    min: 1,
    max: LONGEST,
    example: 'telegram:4711',
  })
  source_id: string;
}

/** Puts an identity on the wire. */
export function toContactIdentityDto(view: ContactIdentityView): ContactIdentityDto {
  return {
    id: view.id,
    contact_id: view.contactId,
    inbox: { id: view.inboxId, name: view.inboxName },
    source_id: view.sourceId,
    created_at: view.createdAt,
  };
}
