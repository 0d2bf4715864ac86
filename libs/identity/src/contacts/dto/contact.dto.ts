import {
  EnumField,
  EmailField,
  BooleanField,
  omitUndefined,
  UuidField,
  IntegerField,
  JsonObjectField,
  NestedListField,
  StringField,
  StringListField,
  DateField,
  UrlField,
} from '@parley/kernel/http';
import {
  CONTACT_KINDS,
  CONTACT_STATUSES,
  isAnonymous,
  type ContactInput,
  type ContactKind,
  type ContactStatus,
  type ContactView,
} from '../contact.view.js';

/** Most e-mails, and most telephone numbers, of one contact. */
const MAX_ADDRESSES = 50;

/** An e-mail of a contact. */
export class ContactEmailDto {
  @EmailField({ description: 'Where mail reaches them.' })
  email: string;

  @BooleanField({ description: 'Whether it is the one that is used first.' })
  primary: boolean;
}

/** A telephone number of a contact. */
export class ContactPhoneDto {
  @StringField({ description: 'Telephone number in the form E.164.', example: '+14155550123' })
  phone: string;

  @BooleanField({ description: 'Whether it is the one that is used first.' })
  primary: boolean;
}

/** An e-mail that a contact is to have. */
export class ContactEmailInputDto {
  @EmailField({ description: 'Where mail reaches them.', example: 'john@example.com' })
  email: string;

  @BooleanField({
    description: 'Whether it is the one to use first. Default: the first of the list is.',
    optional: true,
  })
  primary?: boolean;
}

/** A telephone number that a contact is to have. */
export class ContactPhoneInputDto {
  @StringField({
    description: "International form, or the national form of the workspace's default country where one is set.",
    max: 40,
    example: '+14155550123',
  })
  phone: string;

  @BooleanField({
    description: 'Whether it is the one to use first. Default: the first of the list is.',
    optional: true,
  })
  primary?: boolean;
}

/** Somebody who writes in. */
export class ContactDto {
  @UuidField({ description: 'Id of the contact.' })
  id: string;

  @StringField({
    description: 'Your own id of this person; unique in the workspace.',
    nullable: true,
    example: 'customer-4711',
  })
  identifier: string | null;

  @EmailField({
    description: 'Where mail reaches them; unique in the workspace regardless of case.',
    nullable: true,
    example: 'john@example.com',
  })
  email: string | null;

  @NestedListField(() => ContactEmailDto, { description: 'All their e-mails, the primary one first.' })
  emails: ContactEmailDto[];

  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @StringField({
    description: 'Telephone number in the form E.164; unique in the workspace.',
    nullable: true,
    example: '+14155550123',
  })
  phone: string | null;

  @NestedListField(() => ContactPhoneDto, { description: 'All their telephone numbers, the primary one first.' })
  phones: ContactPhoneDto[];

  @StringField({ description: 'Name of their company.', nullable: true, example: 'Acme Inc' })
  company: string | null;

  @UuidField({
    description: 'The company they belong to, when it is one that is known.',
    nullable: true,
    example: null,
  })
  company_id: string | null;

  @StringField({
    description:
      'Where their picture is. The link to one that was uploaded works without a credential, for about a day.',
    nullable: true,
    max: 2048,
    example: null,
  })
  avatar_url: string | null;

  @JsonObjectField({ description: 'Fields of your own.', example: { plan: 'enterprise' } })
  custom_fields: Record<string, unknown>;

  @StringListField({ description: 'Tags on the contact.', example: ['vip'] })
  tags: string[];

  @EnumField(CONTACT_STATUSES, { description: 'Whether they are written to.' })
  status: ContactStatus;

  @EnumField(CONTACT_KINDS, {
    description: '`anonymous` as long as they have no identifier, e-mail or telephone number.',
    example: 'identified',
  })
  kind: ContactKind;

  @BooleanField({ description: 'Whether they are kept from writing in.', example: false })
  blocked: boolean;

  @IntegerField({ description: 'Conversations they have begun.', example: 3 })
  conversation_count: number;

  @IntegerField({ description: 'Tickets they have raised.', example: 1 })
  ticket_count: number;

  @DateField({ description: 'When they wrote last.', nullable: true })
  last_seen_at: string | null;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When they were met first.' })
  created_at: string;

  @DateField({ description: 'When anything here was changed last.' })
  updated_at: string;

  @DateField({
    description:
      'When they were deleted: of who is listed with `deleted=true` only. They can be brought back for 30 days.',
    nullable: true,
    example: null,
  })
  deleted_at: string | null;
}

/** A segment that a contact belongs to. */
export class ContactSegmentDto {
  @UuidField({ description: 'Id of the segment.' })
  id: string;

  @StringField({ description: 'Name of the segment.', example: 'Active customers' })
  name: string;
}

/** Somebody who writes in, with what they belong to. */
export class ContactDetailsDto extends ContactDto {
  @NestedListField(() => ContactSegmentDto, {
    description: 'Segments that they belong to, by name; as of a moment ago.',
    maxItems: 1000,
  })
  segments: ContactSegmentDto[];
}

/** What can be said about a contact. */
export class ContactInputDto {
  @StringField({
    description: 'Your own id of this person; unique in the workspace.',
    optional: true,
    nullable: true,
    min: 1,
    example: 'customer-4711',
  })
  identifier?: string | null;

  @EmailField({
    description:
      'Where mail reaches them first; unique in the workspace regardless of case. A new one takes the place of the one before, which stays if the new one was among `emails`.',
    optional: true,
    nullable: true,
    example: 'john@example.com',
  })
  email?: string | null;

  @NestedListField(() => ContactEmailInputDto, {
    description: 'All their e-mails; takes the place of all that were set before.',
    optional: true,
    maxItems: MAX_ADDRESSES,
  })
  emails?: ContactEmailInputDto[];

  @StringField({
    description: 'Full name. Nothing but blanks is none: null.',
    optional: true,
    nullable: true,
    example: 'John Doe',
  })
  name?: string | null;

  @StringField({
    description:
      "Telephone number: international form, or the national form of the workspace's default country where one is set. Unique in the workspace.",
    optional: true,
    nullable: true,
    max: 40,
    example: '+14155550123',
  })
  phone?: string | null;

  @NestedListField(() => ContactPhoneInputDto, {
    description: 'All their telephone numbers; takes the place of all that were set before.',
    optional: true,
    maxItems: MAX_ADDRESSES,
  })
  phones?: ContactPhoneInputDto[];

  @StringField({
    description: 'Name of their company. Another name than that of the company they belong to takes them out of it.',
    optional: true,
    nullable: true,
    example: 'Acme Inc',
  })
  company?: string | null;

  @UuidField({
    description:
      "The company they belong to. Its name takes the place of `company`; a new contact without it belongs to the company of their e-mail's domain.",
    optional: true,
    nullable: true,
    example: null,
  })
  company_id?: string | null;

  @UrlField({
    description: 'Where their picture is; takes the place of one that was uploaded.',
    optional: true,
    nullable: true,
    example: 'https://example.com/john.png',
  })
  avatar_url?: string | null;

  @JsonObjectField({
    description: 'Fields of your own to set. Others stay as they are; null takes one away.',
    optional: true,
    example: { plan: 'enterprise' },
  })
  custom_fields?: Record<string, unknown>;

  @StringListField({
    description: 'Tags on the contact; takes the place of all that were set before.',
    optional: true,
    minLength: 1,
    maxLength: 100,
    example: ['vip'],
  })
  tags?: string[];

  @EnumField(CONTACT_STATUSES, { description: 'Whether they are written to.', optional: true })
  status?: ContactStatus;
}

/** Fields of a request in the domain's names; what was left out stays out. */
export function toContactInput(dto: ContactInputDto): ContactInput {
  const {
    identifier,
    email,
    name,
    phone,
    company,
    company_id: companyId,
    avatar_url: avatarUrl,
    custom_fields: customFields,
    tags,
    status,
  } = dto;
  const emails = dto.emails?.map((item) => ({ value: item.email, primary: item.primary }));
  const phones = dto.phones?.map((item) => ({ value: item.phone, primary: item.primary }));
  const input = {
    identifier,
    email,
    emails,
    name,
    phone,
    phones,
    company,
    companyId,
    avatarUrl,
    customFields,
    tags: tags && [...new Set(tags)],
    status,
  };
  return omitUndefined(input);
}

function toAddressList(primary: string | null, others: readonly string[]): [address: string, primary: boolean][] {
  return primary === null ? [] : [[primary, true], ...others.map((other): [string, boolean] => [other, false])];
}

/** Puts a contact on the wire; `linkTo` says where their picture is. */
export function toContactDto(view: ContactView, buildUrl: (view: ContactView) => string | null): ContactDto {
  return {
    id: view.id,
    identifier: view.identifier,
    email: view.email,
    emails: toAddressList(view.email, view.otherEmails).map(([email, primary]) => ({ email, primary })),
    name: view.name,
    phone: view.phone,
    phones: toAddressList(view.phone, view.otherPhones).map(([phone, primary]) => ({ phone, primary })),
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
