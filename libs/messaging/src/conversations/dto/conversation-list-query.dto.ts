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

/** Which conversations to list. */
export class ConversationListQueryDto extends TimedPageQueryDto {
  @StringField({
    description:
      'Only with these words in the subject or a message, or with this number (`#42`). Takes "exact phrases" and -words to leave out; the last word may be unfinished.',
    optional: true,
    min: 1,
    max: 500,
    example: 'invoice',
  })
  q?: string;

  @ListQueryField({ description: 'Only these statuses.', values: CONVERSATION_STATUSES, example: 'open' })
  status?: string[];

  @ListQueryField({ description: 'Only these priorities.', values: PRIORITIES, example: 'high,urgent' })
  priority?: string[];

  @ListQueryField({ description: 'Only these channels.', example: 'email' })
  channel?: string[];

  @ListQueryField({ description: 'Only of these users: ids, `me`, or `none` for what nobody has.', example: 'me' })
  assignee?: string[];

  @ListQueryField({ description: 'Only what any of these users follows: ids, or `me`.', example: 'me' })
  participant?: string[];

  @ListQueryField({
    description: 'Only of these teams: ids, `me` for all that the caller is in, or `none`.',
    example: 'me',
  })
  team?: string[];

  @ListQueryField({ description: 'Only from these inboxes: ids, or `none`.', example: 'none' })
  inbox?: string[];

  @ListQueryField({
    description: 'Only with any of these contacts, by their ids.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  contact?: string[];

  @StringField({ description: 'Only the one with this id of your own.', optional: true, min: 1, example: 'order-4711' })
  external_id?: string;

  @ListQueryField({ description: 'Only with any of these tags.', example: 'billing' })
  tag?: string[];

  @BooleanQueryField({
    description:
      '`true` is only with customer messages that nobody of the team has read or answered yet, `false` only without.',
    example: true,
  })
  unread?: boolean;

  @BooleanQueryField({ description: 'Only where the customer waits for an answer, or only others.', example: true })
  unattended?: boolean;

  @DateField({ description: 'Only what had activity at or after this time.', optional: true })
  last_activity_after?: string;

  @DateField({ description: 'Only what had its last activity before this time.', optional: true })
  last_activity_before?: string;

  @EnumField(CONVERSATION_ORDERS, {
    description:
      'What to order by. Default last_activity_at. `priority` is the most urgent first, then the latest activity; `waiting_since` lists only where the customer waits, with `order_dir=asc` the longest first.',
    optional: true,
  })
  order_by?: ConversationOrder;
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no id. */
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
