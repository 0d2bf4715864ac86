import { UuidField, IntegerField, JsonObjectField } from '@parley/kernel/http';
import type { ConversationView } from '../../conversations/conversation.view.js';

/** New metadata of a conversation. */
export class SetConversationMetadataDto {
  @JsonObjectField({
    description: 'Arbitrary JSON object. Replaces all metadata; omitted keys are removed.',
    example: { order_id: '4711', source_page: '/pricing' },
  })
  metadata: Record<string, unknown>;
}

/** Metadata of a conversation. */
export class ConversationMetadataDto extends SetConversationMetadataDto {
  @UuidField({ description: 'ID of the conversation.' })
  conversation_id: string;

  @IntegerField({ description: 'Version of the conversation; also returned as `ETag`.', example: 1 })
  version: number;
}

export function toConversationMetadataDto({ id, metadata, version }: ConversationView): ConversationMetadataDto {
  return { conversation_id: id, metadata, version };
}
