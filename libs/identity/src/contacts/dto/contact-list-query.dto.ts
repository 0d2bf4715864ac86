import { Choice, FILTER_SCHEMA, Id, PageQueryDto, QueryFlag, QueryList, Text, Time, TimedPageQueryDto, Unchecked } from '@parley/kernel';
import { CONTACT_KINDS, CONTACT_STATUSES, type ContactKind } from '../contact.view.js';
import { CONTACT_ORDERS, type ContactOrder, type ContactsFilter } from '../contacts-filter.js';

const ORDER = { description: 'What to order by. Default created_at; who was never seen comes before all others in time.', optional: true };

/** Which contacts to list. */
export class ContactListQueryDto extends TimedPageQueryDto {
  @Text({ description: 'Only contacts whose name, e-mail, phone, identifier or company has this in it, regardless of case and accents; a telephone number in any form. Where nobody has, those who are like it, up to 200: a mistyped letter does no harm.', optional: true, max: 200, example: 'john' })
  q?: string;

  @Text({ description: 'Only the contact who has this e-mail among theirs.', optional: true, max: 254, example: 'john@example.com' })
  email?: string;

  @Text({ description: 'Only the contact who has this telephone number among theirs.', optional: true, min: 1, max: 40, example: '+14155550123' })
  phone?: string;

  @Text({ description: 'Only the contact with this identifier.', optional: true, example: 'customer-4711' })
  identifier?: string;

  @Text({ description: 'Only contacts of the company of this name.', optional: true, example: 'Acme Inc' })
  company?: string;

  @Id({ description: 'Only contacts who belong to this company.', optional: true })
  company_id?: string;

  @Id({ description: 'Only contacts who belong to this segment now.', optional: true })
  segment?: string;

  @QueryList({ description: 'Only these statuses.', values: CONTACT_STATUSES, example: 'active' })
  status?: string[];

  @QueryList({ description: 'Only contacts with any of these tags.', example: 'vip' })
  tag?: string[];

  @Choice(CONTACT_KINDS, { description: 'Only contacts of whom it is known who they are, or only others.', optional: true })
  kind?: ContactKind;

  @QueryFlag({ description: 'Only blocked contacts, or only others.', example: false })
  blocked?: boolean;

  @Time({ description: 'Only who wrote last at or after this time.', optional: true })
  last_seen_after?: string;

  @Time({ description: 'Only who wrote last before this time.', optional: true })
  last_seen_before?: string;

  @Choice(CONTACT_ORDERS, ORDER)
  order_by?: ContactOrder;
}

/** Which page of the contacts that pass a filter. */
export class ContactFilterQueryDto extends PageQueryDto {
  @Choice(CONTACT_ORDERS, ORDER)
  order_by?: ContactOrder;
}

/** The filter of contacts that examples show. */
export const CONTACT_FILTER_EXAMPLE = { all: [{ field: 'status', operator: 'equals', value: 'active' }, { field: 'custom_fields.plan', operator: 'not_equals', value: 'churned' }] };

/** A filter of contacts. */
export class ContactFilterDto {
  @Unchecked(FILTER_SCHEMA, { description: 'Which contacts. Errors point at the node, such as `filter.all[1].value`.', example: CONTACT_FILTER_EXAMPLE })
  filter: unknown;
}

/** The filter in the domain's names. */
export function toContactsFilter(query: ContactListQueryDto): ContactsFilter {
  return {
    q: query.q, email: query.email, phone: query.phone, identifier: query.identifier, company: query.company, companyId: query.company_id, segmentId: query.segment, status: query.status, tags: query.tag, blocked: query.blocked, kind: query.kind,
    lastSeenAfter: query.last_seen_after, lastSeenBefore: query.last_seen_before, createdAfter: query.created_after, createdBefore: query.created_before,
    updatedAfter: query.updated_after, updatedBefore: query.updated_before,
  };
}
