import { EnumField, UuidField, ListQueryField, StringField } from '@parley/kernel/http';
import { TimedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import { ASCENDING, DESCENDING } from '../../lists/dto/list-query.dto.js';
import { IMAGE_DISPLAYS, MESSAGE_TYPES, type ImageDisplay } from '../message.view.js';
import type { MessagesFilter } from '../messages.repository.js';

const SENDERS = ['contact', 'user', 'ai_agent', 'bot', 'system', 'visitor', 'agent', 'ai'] as const;
const AUTHOR_TYPE_BY_SENDER: Readonly<Record<string, string>> = { visitor: 'contact', agent: 'user', ai: 'ai_agent' };

const IMAGES = {
  description: 'Remote images in messages of the contact: `block` or `show`. Default: `block`.',
  optional: true,
} as const;

/** Options of a single message. */
export class MessageQueryDto {
  @EnumField(IMAGE_DISPLAYS, IMAGES)
  images?: ImageDisplay;
}

/** Filter of the list of messages in a conversation. */
export class ConversationMessagesQueryDto extends TimedPageQueryDto {
  @ListQueryField({ description: 'Message types to include.', values: MESSAGE_TYPES, example: 'comment,reply' })
  type?: string[];

  @ListQueryField({
    description:
      'Author types to include. `visitor`, `agent` and `ai` are aliases of `contact`, `user` and `ai_agent`.',
    values: SENDERS,
    example: 'agent',
  })
  sender_type?: string[];

  @UuidField({
    description: 'ID of a message. Only earlier messages are returned; with `order_dir=desc`, the closest come first.',
    optional: true,
  })
  before_id?: string;

  @UuidField({
    description: 'ID of a message. Only later messages are returned; with `order_dir=asc`, the closest come first.',
    optional: true,
  })
  after_id?: string;

  @EnumField(IMAGE_DISPLAYS, IMAGES)
  images?: ImageDisplay;

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Filter of the list of messages. */
export class MessageListQueryDto extends ConversationMessagesQueryDto {
  @EnumField(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';

  @StringField({ description: 'External ID to match.', optional: true, min: 1, example: 'order-4711' })
  external_id?: string;

  @UuidField({ description: 'ID of the conversation to include.', optional: true })
  conversation_id?: string;
}

/** Maps the query to the filter. */
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
