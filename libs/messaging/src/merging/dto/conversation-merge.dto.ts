import { UuidField, UuidListField, StringField } from '@parley/kernel/http';

/** Direction of a merge. Exactly one of the fields must be given. */
export class MergeConversationDto {
  @UuidField({ description: 'ID of the conversation to merge this one into.', optional: true })
  into_id?: string;

  @UuidListField({
    description: 'IDs of the conversations to merge into this one.',
    optional: true,
    minItems: 1,
    maxItems: 20,
  })
  conversation_ids?: string[];
}

/** Split point. */
export class SplitConversationDto {
  @UuidField({
    description: 'ID of the first message of the new conversation. Must not be the first message of the conversation.',
  })
  message_id: string;

  @StringField({
    description: 'Subject line of the new conversation. Default: the current subject.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Another invoice',
    trim: true,
  })
  subject?: string | null;
}
