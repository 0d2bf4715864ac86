import { StringField } from '@parley/kernel/http';

/** Confirmation of an erasure. */
export class EraseContactDto {
  @StringField({
    description: 'ID or one of the e-mails of the contact, to prevent mistakes.',
    min: 1,
    max: 254,
    example: 'john@example.com',
  })
  confirm: string;
}
