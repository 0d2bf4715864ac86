import { StringField } from '@parley/kernel/http';

/** That somebody is really to be erased. */
export class EraseContactDto {
  @StringField({
    description: 'The id of the contact, or one of their e-mails, so that nobody is erased by mistake.',
    min: 1,
    max: 254,
    example: 'john@example.com',
  })
  confirm: string;
}
