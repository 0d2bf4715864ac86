import type { Principal } from '@parley/kernel';
import { EnumField, ListQueryField, parseIdFilter, parseIds, StringField } from '@parley/kernel/http';
import { TimedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import { PRIORITIES } from '@parley/messaging';
import { TICKET_ORDERS, TICKET_STATUSES, type TicketOrder, type TicketsFilter } from '../ticket.view.js';

/** Filter of the list of tickets. */
export class TicketListQueryDto extends TimedPageQueryDto {
  @StringField({
    description:
      'Text to find in the subject or description, or a ticket number such as `42` or `#42`. Compared as in ' +
      '`GET /v1/search`.',
    optional: true,
    min: 1,
    max: 500,
    example: 'login',
  })
  q?: string;

  @ListQueryField({ description: 'Statuses to include.', values: TICKET_STATUSES, example: 'open' })
  status?: string[];

  @ListQueryField({
    description: 'IDs of the custom statuses to include.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  custom_status?: string[];

  @ListQueryField({ description: 'Priorities to include.', values: PRIORITIES, example: 'high,urgent' })
  priority?: string[];

  @ListQueryField({
    description: 'Types to include: IDs, or `none` for tickets without a type.',
    example: 'none',
  })
  type?: string[];

  @ListQueryField({
    description: 'Assignees to include: user IDs, `me`, or `none` for unassigned tickets.',
    example: 'me',
  })
  assignee?: string[];

  @ListQueryField({ description: 'Teams to include: IDs, or `none` for tickets without a team.', example: 'none' })
  team?: string[];

  @ListQueryField({ description: 'Inboxes to include: IDs, or `none` for tickets without an inbox.', example: 'none' })
  inbox?: string[];

  @ListQueryField({
    description: 'IDs of the contacts to include.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  contact?: string[];

  @ListQueryField({
    description: 'IDs of the conversations whose tickets to include.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3d',
  })
  conversation?: string[];

  @ListQueryField({ description: 'Tags to include. Matches tickets with at least one of them.', example: 'bug' })
  tag?: string[];

  @StringField({ description: 'External ID to match.', optional: true, min: 1, example: 'order-4711' })
  external_id?: string;

  @EnumField(TICKET_ORDERS, {
    description: 'Field to sort by. Default: `created_at`. `priority` sorts by urgency, then by creation.',
    optional: true,
  })
  order_by?: TicketOrder;
}

/** Maps the query to the filter. @throws DomainError BAD_REQUEST for invalid IDs. */
export function toTicketsFilter(query: TicketListQueryDto, { userId }: Principal): TicketsFilter {
  return {
    q: query.q,
    status: query.status,
    customStatuses: parseIds('custom_status', query.custom_status),
    priority: query.priority,
    types: parseIdFilter('type', query.type, { none: true }),
    assignees: parseIdFilter('assignee', query.assignee, { me: userId, none: true }),
    teams: parseIdFilter('team', query.team, { none: true }),
    inboxes: parseIdFilter('inbox', query.inbox, { none: true }),
    contacts: parseIds('contact', query.contact),
    conversations: parseIds('conversation', query.conversation),
    tags: query.tag,
    externalId: query.external_id,
    ...toTimeRange(query),
  };
}
