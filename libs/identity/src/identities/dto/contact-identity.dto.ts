import { UuidField, NestedField, StringField, DateField } from '@parley/kernel/http';
import type { ContactIdentityView } from '../contact-identity.view.js';

const MAX_SOURCE_ID_LENGTH = 500;

export class IdentityInboxDto {
  @UuidField({ description: 'Inbox ID.' })
  id: string;

  @StringField({ description: 'Inbox name.', nullable: true, example: 'Support' })
  name: string | null;
}

export class ContactIdentityDto {
  @UuidField({ description: 'Identity ID.' })
  id: string;

  @UuidField({ description: 'ID of the contact.' })
  contact_id: string;

  @NestedField(() => IdentityInboxDto, { description: 'Inbox of the identity.' })
  inbox: IdentityInboxDto;

  @StringField({
    description: 'ID of the contact in the channel of the inbox.',
    max: MAX_SOURCE_ID_LENGTH,
    example: 'telegram:4711',
  })
  source_id: string;

  @DateField({ description: 'Creation time.' })
  created_at: string;
}

export class AddContactIdentityDto {
  @UuidField({ description: 'Inbox of the identity.' })
  inbox_id: string;

  @StringField({
    description: 'ID of the contact in the channel of the inbox. Unique within the inbox.',
    min: 1,
    max: MAX_SOURCE_ID_LENGTH,
    example: 'telegram:4711',
  })
  source_id: string;
}

export function toContactIdentityDto(view: ContactIdentityView): ContactIdentityDto {
  return {
    id: view.id,
    contact_id: view.contactId,
    inbox: { id: view.inboxId, name: view.inboxName },
    source_id: view.sourceId,
    created_at: view.createdAt,
  };
}
