import { EnumField, NestedField, NestedListField, BooleanQueryField } from '@parley/kernel/http';
import { ConversationDto } from '../../conversations/dto/conversation.dto.js';
import { MessageDto } from '../../messages/dto/message.dto.js';

/** How a transcript is to be written. */
export class TranscriptQueryDto {
  @EnumField(['text', 'html', 'json'], {
    description: "Default text. Text and HTML have the times of the workspace's time zone.",
    optional: true,
  })
  format?: 'text' | 'html' | 'json';

  @BooleanQueryField({ description: 'Whether the notes of the team are in it. Default false.', example: false })
  include_notes?: boolean;
}

/** A conversation and all that was said in it. */
export class TranscriptDto {
  @NestedField(() => ConversationDto, { description: 'The conversation.' })
  conversation: ConversationDto;

  @NestedListField(() => MessageDto, { description: 'What was said, oldest first.', maxItems: 1_000_000 })
  messages: MessageDto[];
}
