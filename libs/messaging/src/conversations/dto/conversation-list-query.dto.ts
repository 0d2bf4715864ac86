import type { Principal } from '@parley/kernel';
import {
  EnumField,
  parseIds,
  parseUserIdFilter,
  parseIdFilter,
  BooleanQueryField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { TimedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import { CONVERSATION_STATUSES, PRIORITIES } from '../conversation.view.js';
import { CONVERSATION_ORDERS, type ConversationOrder, type ConversationsFilter } from '../conversations-filter.js';

/** Filter of the list of conversations. */
export class ConversationListQueryDto extends TimedPageQueryDto {
  @StringField({
    description:
      'Text to find in the subject or messages, or a conversation number such as `42` or `#42`. Compared as in ' +
      '`GET /v1/search`. Supports "exact phrases" and -excluded words; the last word is matched as a prefix.',
    optional: true,
    min: 1,
    max: 500,
    example: 'invoice',
  })
  q?: string;

  @ListQueryField({ description: 'Statuses to include.', values: CONVERSATION_STATUSES, example: 'open' })
  status?: string[];

  @ListQueryField({ description: 'Priorities to include.', values: PRIORITIES, example: 'high,urgent' })
  priority?: string[];

  @ListQueryField({ description: 'Channels to include.', example: 'email' })
  channel?: string[];

  @ListQueryField({
    description: 'Assignees to include: user IDs, `me`, or `none` for unassigned conversations.',
    example: 'me',
  })
  assignee?: string[];

  @ListQueryField({
    description: 'Participants to include: user IDs or `me`. Matches conversations that at least one of them follows.',
    example: 'me',
  })
  participant?: string[];

  @ListQueryField({
    description: 'Teams to include: IDs, `me` for all teams of the caller, or `none` for conversations without a team.',
    example: 'me',
  })
  team?: string[];

  @ListQueryField({
    description: 'Inboxes to include: IDs, or `none` for conversations without an inbox.',
    example: 'none',
  })
  inbox?: string[];

  @ListQueryField({
    description: 'IDs of the contacts to include.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  contact?: string[];

  @StringField({ description: 'External ID to match.', optional: true, min: 1, example: 'order-4711' })
  external_id?: string;

  @ListQueryField({
    description: 'Tags to include. Matches conversations with at least one of them.',
    example: 'billing',
  })
  tag?: string[];

  @BooleanQueryField({
    description:
      'If true, only conversations with customer messages that no agent has read or answered. If ' +
      'false, only others.',
    example: true,
  })
  unread?: boolean;

  @BooleanQueryField({
    description: 'If true, only conversations whose customer waits for a reply. If false, only others.',
    example: true,
  })
  unattended?: boolean;

  @DateField({ description: 'Only conversations with activity at or after this time.', optional: true })
  last_activity_after?: string;

  @DateField({ description: 'Only conversations whose last activity was before this time.', optional: true })
  last_activity_before?: string;

  @EnumField(CONVERSATION_ORDERS, {
    description:
      'Field to sort by. Default: `last_activity_at`. `priority` sorts by urgency, then by last ' +
      'activity. `waiting_since` lists only conversations whose customer waits; with `order_dir=asc`, ' +
      'the longest wait comes first.',
    optional: true,
  })
  order_by?: ConversationOrder;
}

/** Maps the query to the filter. @throws DomainError BAD_REQUEST for invalid ids. */
export function toConversationsFilter(query: ConversationListQueryDto, { userId }: Principal): ConversationsFilter {
  const teams = parseIdFilter('team', query.team, { me: userId && 'me', none: true });
  return {
    q: query.q,
    status: query.status,
    priority: query.priority,
    channel: query.channel,
    assignees: parseIdFilter('assignee', query.assignee, { me: userId, none: true }),
    teams: teams?.filter((id) => id !== 'me'),
    teamsOfUserId: teams?.includes('me') ? userId! : undefined,
    inboxes: parseIdFilter('inbox', query.inbox, { none: true }),
    participants: parseUserIdFilter('participant', query.participant, userId),
    contacts: parseIds('contact', query.contact),
    externalId: query.external_id,
    tags: query.tag,
    unread: query.unread,
    unattended: query.unattended,
    ...toTimeRange(query),
    activeAfter: query.last_activity_after,
    activeBefore: query.last_activity_before,
  };
}
