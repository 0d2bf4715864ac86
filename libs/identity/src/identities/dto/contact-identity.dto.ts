import { UuidField, NestedField, StringField, DateField } from '@parley/kernel/http';
import type { ContactIdentityView } from '../contact-identity.view.js';

const MAX_SOURCE_ID_LENGTH = 500;

/** The inbox that knows a contact. */
export class IdentityInboxDto {
  @UuidField({ description: 'Id of the inbox.' })
  id: string;

  @StringField({ description: 'Name of the inbox.', nullable: true, example: 'Support' })
  name: string | null;
}

/** What a contact is called in an inbox. */
export class ContactIdentityDto {
  @UuidField({ description: 'Id of the identity.' })
  id: string;

  @UuidField({ description: 'The contact.' })
  contact_id: string;

  @NestedField(() => IdentityInboxDto, { description: 'The inbox that knows them.' })
  inbox: IdentityInboxDto;

  @StringField({
    description: 'What the channel of the inbox calls them.',
    max: MAX_SOURCE_ID_LENGTH,
    example: 'telegram:4711',
  })
  source_id: string;

  @DateField({ description: 'Since when.' })
  created_at: string;
}

/** What a contact is to be called in an inbox. */
export class AddContactIdentityDto {
  @UuidField({ description: 'The inbox that knows them.' })
  inbox_id: string;

  @StringField({
    description: 'What the channel of the inbox calls them; of one contact only in each inbox.',
    min: 1,
    max: MAX_SOURCE_ID_LENGTH,
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
