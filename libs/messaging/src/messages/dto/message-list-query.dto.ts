import { Choice, Id, QueryList, Text, TimedPageQueryDto, timeRangeOf } from '@parley/kernel';
import { ASCENDING, DESCENDING } from '../../lists/dto/list-query.dto.js';
import { MESSAGE_TYPES } from '../message.view.js';
import type { MessagesFilter } from '../messages.repository.js';

const SENDERS = ['contact', 'user', 'ai_agent', 'bot', 'system', 'visitor', 'agent', 'ai'] as const;
const AUTHOR_OF: Readonly<Record<string, string>> = { visitor: 'contact', agent: 'user', ai: 'ai_agent' };

/** Which messages of a conversation to list. */
export class ConversationMessagesQueryDto extends TimedPageQueryDto {
  @QueryList({ description: 'Only these types.', values: MESSAGE_TYPES, example: 'comment,reply' })
  type?: string[];

  @QueryList({
    description:
      'Only from these authors; `visitor`, `agent` and `ai` are other words for `contact`, `user` and `ai_agent`.',
    values: SENDERS,
    example: 'agent',
  })
  sender_type?: string[];

  @Id({
    description: 'Only what was said before this message; with `order_dir=desc`, the nearest first.',
    optional: true,
  })
  before_id?: string;

  @Id({
    description: 'Only what was said after this message; with `order_dir=asc`, the nearest first.',
    optional: true,
  })
  after_id?: string;

  @Choice(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Which messages to list. */
export class MessageListQueryDto extends ConversationMessagesQueryDto {
  @Choice(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';

  @Text({ description: 'Only the one with this id of your own.', optional: true, min: 1, example: 'order-4711' })
  external_id?: string;

  @Id({ description: 'Only from this conversation.', optional: true })
  conversation_id?: string;
}

/** The filter in the domain's names. */
export function toMessagesFilter(query: MessageListQueryDto, conversationId: string | undefined): MessagesFilter {
  return {
    conversationId,
    types: query.type,
    authorTypes: query.sender_type?.map((sender) => AUTHOR_OF[sender] ?? sender),
    ...timeRangeOf(query),
    beforeId: query.before_id,
    externalId: query.external_id,
    afterId: query.after_id,
  };
}
