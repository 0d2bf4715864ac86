import { EmailField, omitUndefined, StringField } from '@parley/kernel/http';
import type { IdentifyContactInput } from '../contact-identification.service.js';

/** Identifying fields of a contact. Requires at least one of `identifier`, `email` and `phone`. */
export class IdentifyContactDto {
  @StringField({ description: 'External ID of the contact.', optional: true, min: 1, example: 'customer-4711' })
  identifier?: string;

  @EmailField({ description: 'E-mail address.', optional: true, example: 'john@example.com' })
  email?: string;

  @StringField({
    description: "Phone number in international format, or in the national format of the workspace's default country.",
    optional: true,
    min: 1,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;

  @StringField({ description: 'Full name.', optional: true, min: 1, example: 'John Doe', trim: true })
  name?: string;
}

export function toIdentifyContactInput({ identifier, email, phone, name }: IdentifyContactDto): IdentifyContactInput {
  return omitUndefined({ identifier, email, phone, name });
}
