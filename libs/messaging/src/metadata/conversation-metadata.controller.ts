import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  IfMatch,
  one,
  oneChanged,
  Operation,
  type One,
  type Principal,
} from '@parley/kernel';
import { ConversationEdits } from '../conversations/conversation-edit.service.js';
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
    private readonly edits: ConversationEdits,
  ) {}

  @Get(':conversation_id')
  @Operation({
    summary: 'Get the metadata of a conversation',
    description:
      'Keys and values that programs keep with it, such as ids of your own; people see `custom_fields` in their place.',
    access: 'conversations:read',
    answer: { one: ConversationMetadataDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('conversation_id', 'Id of the conversation.') id: string,
  ): Promise<One<ConversationMetadataDto>> {
    return one(toConversationMetadataDto(await this.conversations.get(workspaceId, id)));
  }

  @Put(':conversation_id')
  @Operation({
    summary: 'Set the metadata of a conversation',
    description: 'Puts the whole of it in the place of what was there: keys that are left out go.',
    access: 'conversations:write',
    answer: { one: ConversationMetadataDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async set(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam('conversation_id', 'Id of the conversation.') id: string,
    @Body() body: SetConversationMetadataDto,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationMetadataDto>> {
    return oneChanged(
      this.edits.edit(workspaceId, id, { metadata: body.metadata }, version),
      toConversationMetadataDto,
    );
  }
}
