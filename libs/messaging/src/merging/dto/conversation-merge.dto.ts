import { UuidField, UuidListField, StringField } from '@parley/kernel/http';

/** What to merge; either of the two. */
export class MergeConversationDto {
  @UuidField({ description: 'The conversation to merge this one into.', optional: true })
  into_id?: string;

  @UuidListField({ description: 'Conversations to merge into this one.', optional: true, minItems: 1, maxItems: 20 })
  conversation_ids?: string[];
}

/** Where to split. */
export class SplitConversationDto {
  @UuidField({ description: 'The message that the new conversation begins with. Not the first one.' })
  message_id: string;

  @StringField({
    description: 'What the new conversation is about. Default the same as before.',
    optional: true,
    nullable: true,
    max: 500,
    example: 'Another invoice',
  })
  subject?: string | null;
}
