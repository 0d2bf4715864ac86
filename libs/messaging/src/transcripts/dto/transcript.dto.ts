import { EnumField, NestedField, NestedListField, BooleanQueryField } from '@parley/kernel/http';
import { ConversationDto } from '../../conversations/dto/conversation.dto.js';
import { MessageDto } from '../../messages/dto/message.dto.js';

/** Format of a transcript. */
export class TranscriptQueryDto {
  @EnumField(['text', 'html', 'json'], {
    description:
      "Format of the transcript. Default: `text`. Times in `text` and `html` are in the workspace's " + 'time zone.',
    optional: true,
  })
  format?: 'text' | 'html' | 'json';

  @BooleanQueryField({ description: 'If true, the transcript includes notes. Default: false.', example: false })
  include_notes?: boolean;
}

/** Conversation with all its messages. */
export class TranscriptDto {
  @NestedField(() => ConversationDto, { description: 'Conversation.' })
  conversation: ConversationDto;

  @NestedListField(() => MessageDto, { description: 'Messages, oldest first.', maxItems: 1_000_000 })
  messages: MessageDto[];
}
