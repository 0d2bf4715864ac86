import { Choice, QueryFlag, QueryList, Text, TimedPageQueryDto } from '@parley/kernel';
import { CONTACT_STATUSES } from '../contact.view.js';
import { CONTACT_ORDERS, type ContactsFilter } from '../contacts-filter.js';

/** Which contacts to list. */
export class ContactListQueryDto extends TimedPageQueryDto {
  @Text({ description: 'Only contacts whose name, e-mail, phone, identifier or company has this in it.', optional: true, max: 200, example: 'john' })
  q?: string;

  @Text({ description: 'Only the contact with this e-mail.', optional: true, max: 254, example: 'john@example.com' })
  email?: string;

  @Text({ description: 'Only the contact with this identifier.', optional: true, example: 'customer-4711' })
  identifier?: string;

  @QueryList({ description: 'Only these statuses.', values: CONTACT_STATUSES, example: 'active' })
  status?: string[];

  @QueryList({ description: 'Only contacts with any of these tags.', example: 'vip' })
  tag?: string[];

  @QueryFlag({ description: 'Only blocked contacts, or only others.', example: false })
  blocked?: boolean;

  @Choice(CONTACT_ORDERS, { description: 'What to order by. Default created_at.', optional: true })
  order_by?: (typeof CONTACT_ORDERS)[number];
}

/** The filter in the domain's names. */
export function toContactsFilter(query: ContactListQueryDto): ContactsFilter {
  return {
    q: query.q, email: query.email, identifier: query.identifier, status: query.status, tags: query.tag, blocked: query.blocked, createdAfter: query.created_after,
    createdBefore: query.created_before, updatedAfter: query.updated_after, updatedBefore: query.updated_before,
  };
}
