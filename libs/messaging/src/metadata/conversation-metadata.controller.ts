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

/** What programs keep with conversations. */
@ApiTags('Messaging')
@Controller('v1/conversation-metadata')
export class ConversationMetadataController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly actions: ConversationActionsService,
  ) {}

  @Get(':conversation_id')
  @Operation({
    summary: 'Get the metadata of a conversation',
    description:
      'Keys and values that programs keep with it, such as ids of your own; people see `custom_fields` in their place.',
    access: 'conversations:read',
    response: { item: ConversationMetadataDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('conversation_id', 'Id of the conversation.') id: string,
  ): Promise<ItemResponse<ConversationMetadataDto>> {
    return toResponse(toConversationMetadataDto(await this.conversations.get(workspaceId, id)));
  }

  @Put(':conversation_id')
  @Operation({
    summary: 'Set the metadata of a conversation',
    description: 'Puts the whole of it in the place of what was there: keys that are left out go.',
    access: 'conversations:write',
    response: { item: ConversationMetadataDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async set(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('conversation_id', 'Id of the conversation.') id: string,
    @Body() body: SetConversationMetadataDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ConversationMetadataDto>> {
    return toUpdateResponse(
      this.actions.update(workspaceId, id, { metadata: body.metadata }, version),
      toConversationMetadataDto,
    );
  }
}
