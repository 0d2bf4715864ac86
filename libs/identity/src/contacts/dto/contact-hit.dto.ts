import { EmailField, StringField } from '@parley/kernel/http';
import { SearchHitDto } from '@parley/kernel/search';

/** A contact in the search results. */
export class ContactHitDto extends SearchHitDto {
  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @EmailField({ description: 'E-mail address.', nullable: true, example: 'john@example.com' })
  email: string | null;

  @StringField({ description: 'Phone number in E.164 format.', nullable: true, example: '+14155550123' })
  phone: string | null;

  @StringField({ description: 'Company.', nullable: true, example: 'Acme' })
  company: string | null;
}
