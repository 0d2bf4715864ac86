import { EmailField, omitUndefined, StringField } from '@parley/kernel/http';
import type { IdentifyContactInput } from '../contact-identification.service.js';

/** Who a contact is: an identifier, e-mail or telephone number, or several. */
export class IdentifyContactDto {
  @StringField({ description: 'Your own id of this person.', optional: true, min: 1, example: 'customer-4711' })
  identifier?: string;

  @EmailField({ description: 'Where mail reaches them.', optional: true, example: 'john@example.com' })
  email?: string;

  @StringField({
    description:
      "Telephone number: international form, or the national form of the workspace's default country where one is set.",
    optional: true,
    min: 1,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;

  @StringField({ description: 'Full name.', optional: true, min: 1, example: 'John Doe' })
  name?: string;
}

/** The request in the domain's names; what was left out stays out. */
export function toIdentifyContactInput({ identifier, email, phone, name }: IdentifyContactDto): IdentifyContactInput {
  return omitUndefined({ identifier, email, phone, name });
}
