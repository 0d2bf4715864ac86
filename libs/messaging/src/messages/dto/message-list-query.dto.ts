import { EnumField, UuidField, ListQueryField, StringField } from '@parley/kernel/http';
import { TimedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import { ASCENDING, DESCENDING } from '../../lists/dto/list-query.dto.js';
import { MESSAGE_TYPES } from '../message.view.js';
import type { MessagesFilter } from '../messages.repository.js';

const SENDERS = ['contact', 'user', 'ai_agent', 'bot', 'system', 'visitor', 'agent', 'ai'] as const;
const AUTHOR_TYPE_BY_SENDER: Readonly<Record<string, string>> = { visitor: 'contact', agent: 'user', ai: 'ai_agent' };

/** Which messages of a conversation to list. */
export class ConversationMessagesQueryDto extends TimedPageQueryDto {
  @ListQueryField({ description: 'Only these types.', values: MESSAGE_TYPES, example: 'comment,reply' })
  type?: string[];

  @ListQueryField({
    description:
      'Only from these authors; `visitor`, `agent` and `ai` are other words for `contact`, `user` and `ai_agent`.',
    values: SENDERS,
    example: 'agent',
  })
  sender_type?: string[];

  @UuidField({
    description: 'Only what was said before this message; with `order_dir=desc`, the nearest first.',
    optional: true,
  })
  before_id?: string;

  @UuidField({
    description: 'Only what was said after this message; with `order_dir=asc`, the nearest first.',
    optional: true,
  })
  after_id?: string;

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Which messages to list. */
export class MessageListQueryDto extends ConversationMessagesQueryDto {
  @EnumField(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';

  @StringField({ description: 'Only the one with this id of your own.', optional: true, min: 1, example: 'order-4711' })
  external_id?: string;

  @UuidField({ description: 'Only from this conversation.', optional: true })
  conversation_id?: string;
}

/** The filter in the domain's names. */
export function toMessagesFilter(query: MessageListQueryDto, conversationId: string | undefined): MessagesFilter {
  return {
    conversationId,
    types: query.type,
    authorTypes: query.sender_type?.map((sender) => AUTHOR_TYPE_BY_SENDER[sender] ?? sender),
    ...toTimeRange(query),
    beforeId: query.before_id,
    externalId: query.external_id,
    afterId: query.after_id,
  };
}
