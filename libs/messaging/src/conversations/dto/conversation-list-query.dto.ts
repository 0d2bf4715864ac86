import {
  Choice,
  idsIn,
  idsOrMe,
  idsOrWords,
  QueryFlag,
  QueryList,
  Text,
  Time,
  TimedPageQueryDto,
  timeRangeOf,
  type Principal,
} from '@parley/kernel';
import { CONVERSATION_STATUSES, PRIORITIES } from '../conversation.view.js';
import { CONVERSATION_ORDERS, type ConversationOrder, type ConversationsFilter } from '../conversations-filter.js';

/** Which conversations to list. */
export class ConversationListQueryDto extends TimedPageQueryDto {
  @Text({
    description:
      'Only with these words in the subject or a message, or with this number (`#42`). Takes "exact phrases" and -words to leave out; the last word may be unfinished.',
    optional: true,
    min: 1,
    max: 500,
    example: 'invoice',
  })
  q?: string;

  @QueryList({ description: 'Only these statuses.', values: CONVERSATION_STATUSES, example: 'open' })
  status?: string[];

  @QueryList({ description: 'Only these priorities.', values: PRIORITIES, example: 'high,urgent' })
  priority?: string[];

  @QueryList({ description: 'Only these channels.', example: 'email' })
  channel?: string[];

  @QueryList({ description: 'Only of these users: ids, `me`, or `none` for what nobody has.', example: 'me' })
  assignee?: string[];

  @QueryList({ description: 'Only what any of these users follows: ids, or `me`.', example: 'me' })
  participant?: string[];

  @QueryList({ description: 'Only of these teams: ids, `me` for all that the caller is in, or `none`.', example: 'me' })
  team?: string[];

  @QueryList({ description: 'Only from these inboxes: ids, or `none`.', example: 'none' })
  inbox?: string[];

  @QueryList({
    description: 'Only with any of these contacts, by their ids.',
    example: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
  })
  contact?: string[];

  @Text({ description: 'Only the one with this id of your own.', optional: true, min: 1, example: 'order-4711' })
  external_id?: string;

  @QueryList({ description: 'Only with any of these tags.', example: 'billing' })
  tag?: string[];

  @QueryFlag({
    description:
      '`true` is only with customer messages that nobody of the team has read or answered yet, `false` only without.',
    example: true,
  })
  unread?: boolean;

  @QueryFlag({ description: 'Only where the customer waits for an answer, or only others.', example: true })
  unattended?: boolean;

  @Time({ description: 'Only what had activity at or after this time.', optional: true })
  last_activity_after?: string;

  @Time({ description: 'Only what had its last activity before this time.', optional: true })
  last_activity_before?: string;

  @Choice(CONVERSATION_ORDERS, {
    description:
      'What to order by. Default last_activity_at. `priority` is the most urgent first, then the latest activity; `waiting_since` lists only where the customer waits, with `order_dir=asc` the longest first.',
    optional: true,
  })
  order_by?: ConversationOrder;
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no id. */
export function toConversationsFilter(query: ConversationListQueryDto, { userId }: Principal): ConversationsFilter {
  const teams = idsOrWords('team', query.team, { me: userId && 'me', none: true });
  return {
    q: query.q,
    status: query.status,
    priority: query.priority,
    channel: query.channel,
    assignees: idsOrWords('assignee', query.assignee, { me: userId, none: true }),
    teams: teams?.filter((id) => id !== 'me'),
    teamsOf: teams?.includes('me') ? userId! : undefined,
    inboxes: idsOrWords('inbox', query.inbox, { none: true }),
    participants: idsOrMe('participant', query.participant, userId),
    contacts: idsIn('contact', query.contact),
    externalId: query.external_id,
    tags: query.tag,
    unread: query.unread,
    unattended: query.unattended,
    ...timeRangeOf(query),
    activeAfter: query.last_activity_after,
    activeBefore: query.last_activity_before,
  };
}
