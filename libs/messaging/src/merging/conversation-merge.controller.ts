import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ConversationDto, toConversationDto } from '../conversations/dto/conversation.dto.js';
import { ConversationMergeService } from './conversation-merge.service.js';
import { ConversationSplitService } from './conversation-split.service.js';
import { MergeConversationDto, SplitConversationDto } from './dto/conversation-merge.dto.js';

/** Merging and splitting of conversations. */
@ApiTags('Conversations')
@Controller('v1/conversations')
export class ConversationMergeController {
  constructor(
    private readonly merges: ConversationMergeService,
    private readonly splits: ConversationSplitService,
  ) {}

  @Post(':id/merge')
  @Operation({
    summary: 'Merge conversations',
    description:
      'Moves all messages into one conversation and returns it; the contacts may differ. The other ' +
      'conversations are closed with `merged_into` set, and later messages to them are added to the ' +
      'target. Returns 422 if a source is already merged or is a merge target itself, or if the target ' +
      'is merged or closed.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async merge(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: MergeConversationDto,
  ): Promise<ItemResponse<ConversationDto>> {
    return toResponse(
      toConversationDto(
        await this.merges.merge(workspaceId, id, { intoId: body.into_id, conversationIds: body.conversation_ids }),
      ),
    );
  }

  @Post(':id/unmerge')
  @Operation({
    summary: 'Undo a conversation merge',
    description:
      'Restores the previous state and messages of the conversation. Messages added after the merge ' +
      'stay in the target. Does nothing if the conversation is not merged.',
    access: 'conversations:write',
    response: { item: ConversationDto },
    errors: ['NOT_FOUND'],
  })
  async unmerge(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<ConversationDto>> {
    return toResponse(toConversationDto(await this.merges.unmerge(workspaceId, id)));
  }

  @Post(':id/split')
  @Operation({
    summary: 'Split a conversation',
    description:
      'Moves a message and all later messages to a new conversation with the same contact, inbox, ' +
      'team, assignee and tags. Returns the new conversation.',
    access: 'conversations:write',
    response: { item: ConversationDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async split(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: SplitConversationDto,
  ): Promise<ItemResponse<ConversationDto>> {
    return toResponse(toConversationDto(await this.splits.split(workspaceId, id, body.message_id, body.subject)));
  }
}
