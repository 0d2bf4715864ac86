import { badRequestError } from '@parley/kernel';
import { FILTER_SCHEMA } from '@parley/kernel/filter';
import {
  EnumField,
  omitUndefined,
  parseIds,
  parseIdFilter,
  IntegerField,
  BooleanQueryField,
  ListQueryField,
  StringField,
  DateField,
  AnyJsonField,
} from '@parley/kernel/http';
import { PageQueryDto, TimedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import { CONTACT_KINDS, CONTACT_STATUSES, type ContactKind } from '../contact.view.js';
import { CONTACT_ORDERS, type ContactOrder, type ContactsFilter } from '../contacts-filter.js';

const ORDER = {
  description: 'What to order by. Default created_at; who was never seen comes before all others in time.',
  optional: true,
};

/** Which contacts to list. */
export class ContactListQueryDto extends TimedPageQueryDto {
  @StringField({
    description:
      'Only contacts whose name, e-mail, phone, identifier or company has this in it, regardless of case and accents; a telephone number in any form. Where nobody has, those who are like it, up to 200: a mistyped letter does no harm.',
    optional: true,
    max: 200,
    example: 'john',
  })
  q?: string;

  @StringField({
    description: 'Only the contact who has this e-mail among theirs.',
    optional: true,
    max: 254,
    example: 'john@example.com',
  })
  email?: string;

  @StringField({
    description: 'Only the contact who has this telephone number among theirs.',
    optional: true,
    min: 1,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;

  @StringField({ description: 'Only the contact with this identifier.', optional: true, example: 'customer-4711' })
  identifier?: string;

  @StringField({ description: 'Only contacts of the company of this name.', optional: true, example: 'Acme Inc' })
  company?: string;

  @ListQueryField({
    description: 'Only contacts who belong to any of these companies: ids, or `none`.',
    example: 'none',
  })
  company_id?: string[];

  @ListQueryField({
    description: 'Only contacts who belong to any of these segments now: ids.',
    maxItems: 10,
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  segment?: string[];

  @ListQueryField({ description: 'Only these statuses.', values: CONTACT_STATUSES, example: 'active' })
  status?: string[];

  @ListQueryField({ description: 'Only contacts with any of these tags.', example: 'vip' })
  tag?: string[];

  @EnumField(CONTACT_KINDS, {
    description: 'Only contacts of whom it is known who they are, or only others.',
    optional: true,
  })
  kind?: ContactKind;

  @BooleanQueryField({ description: 'Only blocked contacts, or only others.', example: false })
  blocked?: boolean;

  @BooleanQueryField({
    description:
      'Whether to list, in place of contacts, those who were deleted and can be brought back: for 30 days, after which they are erased. Default false.',
    example: false,
  })
  deleted?: boolean;

  @DateField({ description: 'Only who wrote last at or after this time.', optional: true })
  last_seen_after?: string;

  @DateField({ description: 'Only who wrote last before this time.', optional: true })
  last_seen_before?: string;

  @EnumField(CONTACT_ORDERS, ORDER)
  order_by?: ContactOrder;
}

/** Which page of the contacts that pass a filter, when the body does not say. */
export class ContactFilterQueryDto extends PageQueryDto {
  @EnumField(CONTACT_ORDERS, ORDER)
  order_by?: ContactOrder;
}

/** The filter of contacts that examples show. */
export const CONTACT_FILTER_EXAMPLE = {
  all: [
    { field: 'status', operator: 'equals', value: 'active' },
    { field: 'custom_fields.plan', operator: 'not_equals', value: 'churned' },
  ],
};

/** A filter of contacts, and which page of those who pass it. */
export class ContactFilterDto {
  @AnyJsonField(FILTER_SCHEMA, {
    description: 'Which contacts. Errors point at the node, such as `filter.all[1].value`.',
    example: CONTACT_FILTER_EXAMPLE,
  })
  filter: unknown;

  @EnumField(CONTACT_ORDERS, ORDER)
  order_by?: ContactOrder;

  @EnumField(['asc', 'desc'], {
    description: 'Direction of `order_by`. Default desc.',
    optional: true,
    example: 'desc',
  })
  order_dir?: 'asc' | 'desc';

  @IntegerField({ description: 'Most contacts to return. Default 20.', optional: true, min: 1, max: 100, example: 20 })
  limit?: number;

  @IntegerField({
    description: 'Contacts to skip from the start. Default 0.',
    optional: true,
    min: 0,
    max: 1_000_000,
    example: 0,
  })
  offset?: number;

  @StringField({
    description: '`meta.next_cursor` of the page before; goes with `limit` only.',
    optional: true,
    nullable: true,
    max: 2000,
    example: null,
  })
  cursor?: string | null;
}

/** Page and order, which stand either in the query or in the body. @throws DomainError BAD_REQUEST when they stand in both. */
export function mergePageQuery(
  query: ContactFilterQueryDto,
  { filter: _filter, cursor, ...body }: ContactFilterDto,
): ContactFilterQueryDto {
  const bodyParameters = omitUndefined({ ...body, cursor: cursor ?? undefined });
  const [duplicate] = Object.keys(bodyParameters).length === 0 ? [] : Object.keys(omitUndefined(query));
  if (duplicate !== undefined)
    throw badRequestError({ [duplicate]: ['page and order stand in the query or in the body, not in both'] });
  return { ...query, ...bodyParameters };
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no id. */
export function toContactsFilter(query: ContactListQueryDto): ContactsFilter {
  return {
    q: query.q,
    email: query.email,
    phone: query.phone,
    identifier: query.identifier,
    company: query.company,
    companyIds: parseIdFilter('company_id', query.company_id, { none: true }),
    segmentIds: parseIds('segment', query.segment),
    status: query.status,
    tags: query.tag,
    blocked: query.blocked,
    kind: query.kind,
    deleted: query.deleted,
    lastSeenAfter: query.last_seen_after,
    lastSeenBefore: query.last_seen_before,
    ...toTimeRange(query),
  };
}
