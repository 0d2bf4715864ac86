import { DateField, EnumField, IntegerField, NestedField, StringField, UuidField } from '@parley/kernel/http';
import { SearchHitDto } from '@parley/kernel/search';

/** Contact of a conversation in the search results. */
export class HitContactDto {
  @UuidField({ description: 'ID of the contact.' })
  id: string;

  @StringField({ description: 'Name.', nullable: true, example: 'John Doe' })
  name: string | null;
}

/** A conversation in the search results. */
export class ConversationHitDto extends SearchHitDto {
  @IntegerField({ description: 'Number of the conversation in the workspace.', example: 42 })
  number: number;

  @StringField({ description: 'Subject line.', nullable: true, example: 'Missing invoice' })
  subject: string | null;

  @StringField({ description: 'Status.', example: 'open' })
  status: string;

  @StringField({ description: 'Priority.', example: 'normal' })
  priority: string;

  @StringField({ description: 'Channel the conversation arrived through, for example `email`.', example: 'email' })
  channel: string;

  @NestedField(() => HitContactDto, { description: 'Contact of the conversation.' })
  contact: HitContactDto;

  @DateField({ description: 'Time of the last activity.' })
  last_activity_at: string;
}

/** Conversation of a message in the search results. */
export class HitConversationDto {
  @UuidField({ description: 'ID of the conversation.' })
  id: string;

  @IntegerField({ description: 'Number of the conversation in the workspace.', example: 42 })
  number: number;

  @StringField({ description: 'Subject line.', nullable: true, example: 'Missing invoice' })
  subject: string | null;
}

/** A message in the search results. */
export class MessageHitDto extends SearchHitDto {
  @EnumField(['comment', 'reply', 'note', 'system'], { description: 'Type of the message.' })
  type: string;

  @StringField({ description: 'Type of the author.', example: 'contact' })
  author_type: string;

  @StringField({ description: 'Name of the author.', nullable: true, example: 'John Doe' })
  author_name: string | null;

  @NestedField(() => HitConversationDto, { description: 'Conversation of the message.' })
  conversation: HitConversationDto;

  @DateField({ description: 'Time of creation.' })
  created_at: string;
}
