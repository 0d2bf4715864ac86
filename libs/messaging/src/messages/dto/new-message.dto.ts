import { Choice, Id, IdList, JsonObject, Text } from '@parley/kernel';
import { CONTENT_TYPES, type ContentType, type NewMessage } from '../message.view.js';

/** Longest body of a message, in characters. */
export const LONGEST_BODY = 150_000;

/** Something to say. */
export class NewMessageDto {
  @Text({ description: 'What is said. May be empty when a file is attached.', optional: true, max: LONGEST_BODY, example: 'Where is my invoice?' })
  body?: string;

  @Choice(['comment', 'reply', 'note'], { description: '`comment` from the customer (default), `reply` to the customer, `note` among the team.', optional: true, example: 'comment' })
  type?: NewMessage['type'];

  @Text({ description: 'The same in HTML, where the channel brought it.', optional: true, nullable: true, max: LONGEST_BODY, example: null })
  body_html?: string | null;

  @Choice(CONTENT_TYPES, { description: 'How `body` is written. Default text.', optional: true })
  content_type?: ContentType;

  @JsonObject({ description: 'What else belongs to the content.', optional: true, example: {} })
  content_attributes?: Record<string, unknown>;

  @IdList({ description: 'Files that were uploaded before.', optional: true, maxItems: 15, example: [] })
  attachment_ids?: string[];

  @Id({ description: 'The message that this one answers.', optional: true, nullable: true, example: null })
  in_reply_to?: string | null;

  @Text({ description: 'Your own id of the message; a second one with the same id is 409.', optional: true, nullable: true, min: 1, example: null })
  external_id?: string | null;
}

/** Something to say in a conversation that is named with it. */
export class NewMessageInDto extends NewMessageDto {
  @Id({ description: 'The conversation to say it in.' })
  conversation_id: string;
}

/** Other words for a message. */
export class UpdateMessageDto {
  @Text({ description: 'What it says from now on.', min: 1, max: LONGEST_BODY, example: 'Your invoice is attached.' })
  body: string;

  @Text({ description: 'The same in HTML.', optional: true, nullable: true, max: LONGEST_BODY, example: null })
  body_html?: string | null;
}

/** The request in the domain's names; `fileIds` come on top of those in it. */
export function toNewMessage(dto: NewMessageDto, fileIds: readonly string[] = []): NewMessage {
  return {
    type: dto.type ?? 'comment', body: dto.body ?? '', bodyHtml: dto.body_html, contentType: dto.content_type, contentAttributes: dto.content_attributes,
    fileIds: [...(dto.attachment_ids ?? []), ...fileIds], inReplyTo: dto.in_reply_to, externalId: dto.external_id,
  };
}
