import { Id, Integer, JsonObject } from '@parley/kernel';
import type { ConversationView } from '../../conversations/conversation.view.js';

/** All metadata of a conversation from now on. */
export class SetConversationMetadataDto {
  @JsonObject({
    description: 'Keys and values; those that are left out go.',
    example: { order_id: '4711', source_page: '/pricing' },
  })
  metadata: Record<string, unknown>;
}

/** What programs keep with a conversation. */
export class ConversationMetadataDto extends SetConversationMetadataDto {
  @Id({ description: 'Id of the conversation.' })
  conversation_id: string;

  @Integer({ description: 'Version of the conversation; also the `ETag`.', example: 1 })
  version: number;
}

/** Puts the metadata of a conversation on the wire. */
export function toConversationMetadataDto({ id, metadata, version }: ConversationView): ConversationMetadataDto {
  return { conversation_id: id, metadata, version };
}
