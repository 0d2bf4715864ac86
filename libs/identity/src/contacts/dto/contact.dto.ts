import {
  EnumField,
  EmailField,
  BooleanField,
  UuidField,
  IntegerField,
  JsonObjectField,
  NestedListField,
  StringField,
  StringListField,
  DateField,
} from '@parley/kernel/http';
import {
  CONTACT_KINDS,
  CONTACT_STATUSES,
  isAnonymous,
  type ContactKind,
  type ContactStatus,
  type ContactView,
} from '../contact.view.js';
import { isValidPhone } from '../phone-number.js';

export class ContactEmailDto {
  @EmailField({ description: 'E-mail address.' })
  email: string;

  @BooleanField({ description: 'True if this is the primary e-mail.' })
  primary: boolean;
}

export class ContactPhoneDto {
  @StringField({
    description: 'Phone number in E.164 format, followed by `;ext=` and the extension if it has one.',
    example: '+14155550123',
  })
  phone: string;

  @BooleanField({
    description:
      'True if the number is valid in the numbering plan of its country. Other numbers are accepted too, because ' +
      'numbering plans change.',
  })
  valid: boolean;

  @BooleanField({ description: 'True if this is the primary phone number.' })
  primary: boolean;
}

export class ContactDto {
  @UuidField({ description: 'Contact ID.' })
  id: string;

  @StringField({
    description: 'External ID of the contact. Unique within the workspace.',
    nullable: true,
    example: 'customer-4711',
  })
  identifier: string | null;

  @EmailField({
    description:
      'Primary e-mail address. Unique within the workspace; the case of ASCII letters is ignored. An international ' +
      'domain is returned in its ASCII form.',
    nullable: true,
    example: 'john@example.com',
  })
  email: string | null;

  @NestedListField(() => ContactEmailDto, { description: 'All e-mails; the primary e-mail is first.' })
  emails: ContactEmailDto[];

  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @StringField({
    description:
      'Primary phone number in E.164 format, followed by `;ext=` and the extension if it has one. Several contacts can ' +
      'have the same number.',
    nullable: true,
    example: '+14155550123',
  })
  phone: string | null;

  @NestedListField(() => ContactPhoneDto, { description: 'All phone numbers; the primary phone number is first.' })
  phones: ContactPhoneDto[];

  @StringField({ description: 'Company name.', nullable: true, example: 'Acme Inc' })
  company: string | null;

  @UuidField({
    description: 'ID of the linked company.',
    nullable: true,
    example: null,
  })
  company_id: string | null;

  @StringField({
    description: 'URL of the avatar. The URL of an uploaded avatar needs no credential and is valid for about one day.',
    nullable: true,
    max: 2048,
    example: null,
  })
  avatar_url: string | null;

  @JsonObjectField({ description: 'Custom fields.', example: { plan: 'enterprise' } })
  custom_fields: Record<string, unknown>;

  @StringListField({ description: 'Tags of the contact.', example: ['vip'] })
  tags: string[];

  @EnumField(CONTACT_STATUSES, { description: 'Messaging status.' })
  status: ContactStatus;

  @EnumField(CONTACT_KINDS, {
    description: '`anonymous` if the contact has no identifier, e-mail or phone number, else `identified`.',
    example: 'identified',
  })
  kind: ContactKind;

  @BooleanField({ description: 'True if messages of the contact are rejected.', example: false })
  blocked: boolean;

  @IntegerField({
    description: 'Number of conversations that the contact started, including those that you cannot see.',
    example: 3,
  })
  conversation_count: number;

  @IntegerField({ description: 'Number of tickets of the contact, including those that you cannot see.', example: 1 })
  ticket_count: number;

  @DateField({ description: "Time of the contact's last message.", nullable: true })
  last_seen_at: string | null;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Creation time.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;

  @DateField({
    description: 'Deletion time. Set only for contacts listed with `deleted=true`, which can be restored for 30 days.',
    nullable: true,
    example: null,
  })
  deleted_at: string | null;
}

/** A segment of a contact. */
export class ContactSegmentDto {
  @UuidField({ description: 'Segment ID.' })
  id: string;

  @StringField({ description: 'Segment name.', example: 'Active customers' })
  name: string;
}

/** A contact with its segments. */
export class ContactDetailsDto extends ContactDto {
  @NestedListField(() => ContactSegmentDto, {
    description: 'Segments that the contact is a member of, sorted by name. Updated with a short delay.',
    maxItems: 1000,
  })
  segments: ContactSegmentDto[];
}

function toAddressList(primary: string | null, others: readonly string[]): [address: string, primary: boolean][] {
  return primary === null ? [] : [[primary, true], ...others.map((other): [string, boolean] => [other, false])];
}

/** @param buildUrl builds the URL of the contact's avatar. */
export function toContactDto(view: ContactView, buildUrl: (view: ContactView) => string | null): ContactDto {
  return {
    id: view.id,
    identifier: view.identifier,
    email: view.email,
    emails: toAddressList(view.email, view.otherEmails).map(([email, primary]) => ({ email, primary })),
    name: view.name,
    phone: view.phone,
    phones: toAddressList(view.phone, view.otherPhones).map(([phone, primary]) => ({
      phone,
      valid: isValidPhone(phone),
      primary,
    })),
    company: view.company,
    company_id: view.companyId,
    avatar_url: buildUrl(view),
    custom_fields: view.customFields,
    tags: [...view.tags],
    status: view.status,
    kind: isAnonymous(view) ? 'anonymous' : 'identified',
    blocked: view.blocked,
    conversation_count: view.conversationCount,
    ticket_count: view.ticketCount,
    last_seen_at: view.lastSeenAt,
    version: view.version,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
    deleted_at: view.deletedAt ?? null,
  };
}
