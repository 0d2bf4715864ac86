import { Choice, Email, Flag, Id, Integer, JsonObject, Text, TextList, Time, Url } from '@parley/kernel';
import { CONTACT_STATUSES, type ContactFields, type ContactStatus, type ContactView } from '../contact.view.js';

/** Somebody who writes in. */
export class ContactDto {
  @Id({ description: 'Id of the contact.' })
  id: string;

  @Text({ description: 'Your own id of this person; unique in the workspace.', nullable: true, example: 'customer-4711' })
  identifier: string | null;

  @Email({ description: 'Where mail reaches them; unique in the workspace regardless of case.', nullable: true, example: 'john@example.com' })
  email: string | null;

  @Text({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @Text({ description: 'Telephone number, in the form E.164 where it is known.', nullable: true, example: '+14155550123' })
  phone: string | null;

  @Text({ description: 'Name of their company.', nullable: true, example: 'Acme Inc' })
  company: string | null;

  @Text({ description: 'Where their picture is.', nullable: true, example: null })
  avatar_url: string | null;

  @JsonObject({ description: 'Fields of your own.', example: { plan: 'enterprise' } })
  custom_fields: Record<string, unknown>;

  @TextList({ description: 'Tags on the contact.', example: ['vip'] })
  tags: string[];

  @Choice(CONTACT_STATUSES, { description: 'Whether they are written to.' })
  status: ContactStatus;

  @Flag({ description: 'Whether they are kept from writing in.', example: false })
  blocked: boolean;

  @Integer({ description: 'Conversations they have begun.', example: 3 })
  conversation_count: number;

  @Integer({ description: 'Tickets they have raised.', example: 1 })
  ticket_count: number;

  @Time({ description: 'When they wrote last.', nullable: true })
  last_seen_at: string | null;

  @Integer({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @Time({ description: 'When they were met first.' })
  created_at: string;

  @Time({ description: 'When anything here was changed last.' })
  updated_at: string;
}

/** What can be said about a contact. */
export class ContactFieldsDto {
  @Text({ description: 'Your own id of this person; unique in the workspace.', optional: true, nullable: true, min: 1, example: 'customer-4711' })
  identifier?: string | null;

  @Email({ description: 'Where mail reaches them; unique in the workspace regardless of case.', optional: true, nullable: true, example: 'john@example.com' })
  email?: string | null;

  @Text({ description: 'Full name.', optional: true, nullable: true, example: 'John Doe' })
  name?: string | null;

  @Text({ description: 'Telephone number.', optional: true, nullable: true, max: 40, example: '+14155550123' })
  phone?: string | null;

  @Text({ description: 'Name of their company.', optional: true, nullable: true, example: 'Acme Inc' })
  company?: string | null;

  @Url({ description: 'Where their picture is.', optional: true, nullable: true, example: 'https://example.com/john.png' })
  avatar_url?: string | null;

  @JsonObject({ description: 'Fields of your own; takes the place of all that were set before.', optional: true, example: { plan: 'enterprise' } })
  custom_fields?: Record<string, unknown>;

  @TextList({ description: 'Tags on the contact; takes the place of all that were set before.', optional: true, minLength: 1, maxLength: 100, example: ['vip'] })
  tags?: string[];

  @Choice(CONTACT_STATUSES, { description: 'Whether they are written to.', optional: true })
  status?: ContactStatus;
}

/** Fields of a request in the domain's names; what was left out stays out. */
export function toContactFields(dto: ContactFieldsDto): ContactFields {
  const { identifier, email, name, phone, company, avatar_url: avatarUrl, custom_fields: customFields, tags, status } = dto;
  const all = { identifier, email, name, phone, company, avatarUrl, customFields, tags: tags && [...new Set(tags)], status };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Puts a contact on the wire. */
export function toContactDto(view: ContactView): ContactDto {
  return {
    id: view.id, identifier: view.identifier, email: view.email, name: view.name, phone: view.phone, company: view.company, avatar_url: view.avatarUrl,
    custom_fields: view.customFields, tags: [...view.tags], status: view.status, blocked: view.blocked, conversation_count: view.conversationCount,
    ticket_count: view.ticketCount, last_seen_at: view.lastSeenAt, version: view.version, created_at: view.createdAt, updated_at: view.updatedAt,
  };
}
