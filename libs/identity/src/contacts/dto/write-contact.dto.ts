import {
  EnumField,
  EmailField,
  BooleanField,
  omitUndefined,
  UuidField,
  JsonObjectField,
  NestedListField,
  StringField,
  StringListField,
  UrlField,
} from '@parley/kernel/http';
import { CONTACT_STATUSES, type ContactInput, type ContactStatus } from '../contact.view.js';

/** Maximum number of e-mails, and of phone numbers, per contact. */
const MAX_ADDRESSES = 50;

export class ContactEmailInputDto {
  @EmailField({ description: 'E-mail address.', example: 'john@example.com' })
  email: string;

  @BooleanField({
    description: 'True if this is the primary e-mail. Default: the first e-mail of the list is primary.',
    optional: true,
  })
  primary?: boolean;
}

export class ContactPhoneInputDto {
  @StringField({
    description: "Phone number in international format, or in the national format of the workspace's default country.",
    max: 40,
    example: '+14155550123',
  })
  phone: string;

  @BooleanField({
    description: 'True if this is the primary phone number. Default: the first phone number of the list is primary.',
    optional: true,
  })
  primary?: boolean;
}

export class ContactInputDto {
  @StringField({
    description: 'External ID of the contact. Unique within the workspace.',
    optional: true,
    nullable: true,
    min: 1,
    example: 'customer-4711',
    trim: true,
  })
  identifier?: string | null;

  @EmailField({
    description:
      'Primary e-mail address. Unique within the workspace; the case of ASCII letters is ignored. Blanks and ' +
      'invisible characters are removed. Replaces the previous primary ' +
      'e-mail, which is kept only if the new one is already among `emails`.',
    optional: true,
    nullable: true,
    example: 'john@example.com',
  })
  email?: string | null;

  @NestedListField(() => ContactEmailInputDto, {
    description: 'Replaces all e-mails.',
    optional: true,
    maxItems: MAX_ADDRESSES,
  })
  emails?: ContactEmailInputDto[];

  @StringField({
    description: 'Full name. A blank name is stored as null.',
    optional: true,
    nullable: true,
    example: 'John Doe',
    trim: true,
  })
  name?: string | null;

  @StringField({
    description:
      "Primary phone number in international format, or in the national format of the workspace's default " +
      'country, with or without an extension. Several contacts can have the same number. A number finds a contact only ' +
      'if exactly one contact has it as primary phone number.',
    optional: true,
    nullable: true,
    max: 40,
    example: '+14155550123',
  })
  phone?: string | null;

  @NestedListField(() => ContactPhoneInputDto, {
    description: 'Replaces all phone numbers.',
    optional: true,
    maxItems: MAX_ADDRESSES,
  })
  phones?: ContactPhoneInputDto[];

  @StringField({
    description: 'Company name. A name that differs from that of the linked company unlinks the contact from it.',
    optional: true,
    nullable: true,
    example: 'Acme Inc',
    trim: true,
  })
  company?: string | null;

  @UuidField({
    description:
      'ID of the company to link. Sets `company` to its name. If omitted, a new contact is linked to the ' +
      'company of its e-mail domain.',
    optional: true,
    nullable: true,
    example: null,
  })
  company_id?: string | null;

  @UrlField({
    description: 'URL of an external avatar. Replaces an uploaded avatar.',
    optional: true,
    nullable: true,
    example: 'https://example.com/john.png',
  })
  avatar_url?: string | null;

  @JsonObjectField({
    description: 'Custom fields to set. Merged with the existing ones; `null` removes a field.',
    optional: true,
    example: { plan: 'enterprise' },
  })
  custom_fields?: Record<string, unknown>;

  @StringListField({
    description: 'Replaces all tags.',
    optional: true,
    trim: true,
    maxLength: 100,
    example: ['vip'],
  })
  tags?: string[];

  @EnumField(CONTACT_STATUSES, { description: 'Messaging status.', optional: true })
  status?: ContactStatus;
}

/** Fields that the input of the service names differently. */
export const CONTACT_FIELD_ALIASES = { 'phones.value': 'phones.phone', 'emails.value': 'emails.email' };

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
