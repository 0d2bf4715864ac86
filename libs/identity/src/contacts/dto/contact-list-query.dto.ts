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
  description: 'Sort field. Contacts without `last_seen_at` sort before all others. Default: `created_at`.',
  optional: true,
};

export class ContactListQueryDto extends TimedPageQueryDto {
  @StringField({
    description:
      'Only contacts whose name, e-mail, phone number, identifier or company contains this text. Ignores ' +
      'case, accents and the format of phone numbers. If there are none, returns up to 200 contacts with a ' +
      'similar spelling.',
    optional: true,
    max: 200,
    example: 'john',
  })
  q?: string;

  @StringField({
    description: 'Only the contact with this e-mail among its e-mails.',
    optional: true,
    max: 254,
    example: 'john@example.com',
  })
  email?: string;

  @StringField({
    description: 'Only the contact with this phone number among its phone numbers.',
    optional: true,
    min: 1,
    max: 40,
    example: '+14155550123',
  })
  phone?: string;

  @StringField({ description: 'Only the contact with this identifier.', optional: true, example: 'customer-4711' })
  identifier?: string;

  @StringField({
    description: 'Only contacts whose `company` is this name, linked to a company or not.',
    optional: true,
    example: 'Acme Inc',
  })
  company?: string;

  @ListQueryField({
    description:
      'Only contacts of any of these companies: comma-separated IDs, or `none` for contacts without a company.',
    example: 'none',
  })
  company_id?: string[];

  @ListQueryField({
    description: 'Only current members of any of these segments: comma-separated IDs.',
    maxItems: 10,
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  segment?: string[];

  @ListQueryField({
    description: 'Only contacts with any of these statuses.',
    values: CONTACT_STATUSES,
    example: 'active',
  })
  status?: string[];

  @ListQueryField({ description: 'Only contacts with any of these tags.', example: 'vip' })
  tag?: string[];

  @EnumField(CONTACT_KINDS, {
    description: 'Only contacts of this kind: `identified` contacts have an identifier, e-mail or phone number.',
    optional: true,
  })
  kind?: ContactKind;

  @BooleanQueryField({ description: 'If true, only blocked contacts; if false, only other contacts.', example: false })
  blocked?: boolean;

  @BooleanQueryField({
    description:
      'If true, lists deleted contacts instead of live ones. They can be restored for 30 days; after that, ' +
      'they are erased. Default: false.',
    example: false,
  })
  deleted?: boolean;

  @DateField({ description: 'Only contacts whose last message was sent at or after this time.', optional: true })
  last_seen_after?: string;

  @DateField({ description: 'Only contacts whose last message was sent before this time.', optional: true })
  last_seen_before?: string;

  @EnumField(CONTACT_ORDERS, ORDER)
  order_by?: ContactOrder;
}

/** Paging and sorting of filtered contacts. */
export class ContactFilterQueryDto extends PageQueryDto {
  @EnumField(CONTACT_ORDERS, ORDER)
  order_by?: ContactOrder;
}

/** Filter for the examples in the documentation. */
export const CONTACT_FILTER_EXAMPLE = {
  all: [
    { field: 'status', operator: 'equals', value: 'active' },
    { field: 'custom_fields.plan', operator: 'not_equals', value: 'churned' },
  ],
};

export class ContactFilterDto {
  @AnyJsonField(FILTER_SCHEMA, {
    description: 'Filter. Error paths point to the invalid node, for example `filter.all[1].value`.',
    example: CONTACT_FILTER_EXAMPLE,
  })
  filter: unknown;

  @EnumField(CONTACT_ORDERS, ORDER)
  order_by?: ContactOrder;

  @EnumField(['asc', 'desc'], {
    description: 'Sort direction. Default: `desc`.',
    optional: true,
    example: 'desc',
  })
  order_dir?: 'asc' | 'desc';

  @IntegerField({
    description: 'Maximum number of contacts to return. Default: 20.',
    optional: true,
    min: 1,
    max: 100,
    example: 20,
  })
  limit?: number;

  @IntegerField({
    description: 'Number of contacts to skip. Default: 0.',
    optional: true,
    min: 0,
    max: 1_000_000,
    example: 0,
  })
  offset?: number;

  @StringField({
    description: '`meta.next_cursor` of the previous page. Can only be combined with `limit`.',
    optional: true,
    nullable: true,
    max: 2000,
    example: null,
  })
  cursor?: string | null;
}

/** Merges paging and sorting of the query and the body. @throws DomainError BAD_REQUEST if both contain parameters. */
export function mergePageQuery(
  query: ContactFilterQueryDto,
  { filter: _filter, cursor, ...body }: ContactFilterDto,
): ContactFilterQueryDto {
  const bodyParameters = omitUndefined({ ...body, cursor: cursor ?? undefined });
  const [duplicate] = Object.keys(bodyParameters).length === 0 ? [] : Object.keys(omitUndefined(query));
  if (duplicate !== undefined)
    throw badRequestError({ [duplicate]: ['paging and sorting can be set in the query or in the body, not in both'] });
  return { ...query, ...bodyParameters };
}

/** @throws DomainError BAD_REQUEST for an invalid ID. */
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
