import { UuidField, IntegerField, JsonObjectField } from '@parley/kernel/http';
import type { ConversationView } from '../../conversations/conversation.view.js';

/** All metadata of a conversation from now on. */
export class SetConversationMetadataDto {
  @JsonObjectField({
    description: 'Keys and values; those that are left out go.',
    example: { order_id: '4711', source_page: '/pricing' },
  })
  metadata: Record<string, unknown>;
}

/** What programs keep with a conversation. */
export class ConversationMetadataDto extends SetConversationMetadataDto {
  @UuidField({ description: 'Id of the conversation.' })
  conversation_id: string;

  @IntegerField({ description: 'Version of the conversation; also the `ETag`.', example: 1 })
  version: number;
}

/** Puts the metadata of a conversation on the wire. */
export function toConversationMetadataDto({ id, metadata, version }: ConversationView): ConversationMetadataDto {
  return { conversation_id: id, metadata, version };
}
