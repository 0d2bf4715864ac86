import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ConversationActionsService } from '../conversations/conversation-actions.service.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import {
  ConversationMetadataDto,
  SetConversationMetadataDto,
  toConversationMetadataDto,
} from './dto/conversation-metadata.dto.js';

/** Metadata of conversations. */
@ApiTags('Conversation metadata')
@Controller('v1/conversation-metadata')
export class ConversationMetadataController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly actions: ConversationActionsService,
  ) {}

  @Get(':conversation_id')
  @Operation({
    summary: "Get a conversation's metadata",
    description:
      'Returns arbitrary JSON that integrations store with the conversation, such as external IDs. For ' +
      'data that agents see, use `custom_fields`.',
    access: 'conversations:read',
    response: { item: ConversationMetadataDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('conversation_id', 'ID of the conversation.') id: string,
  ): Promise<ItemResponse<ConversationMetadataDto>> {
    return toResponse(toConversationMetadataDto(await this.conversations.get(workspaceId, id)));
  }

  @Put(':conversation_id')
  @Operation({
    summary: "Set a conversation's metadata",
    description: 'Replaces all metadata of the conversation. Omitted keys are removed.',
    access: 'conversations:write',
    response: { item: ConversationMetadataDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async set(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('conversation_id', 'ID of the conversation.') id: string,
    @Body() body: SetConversationMetadataDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationMetadataDto>> {
    return toUpdateResponse(
      this.actions.update(workspaceId, id, { metadata: body.metadata }, version),
      toConversationMetadataDto,
    );
  }
}
