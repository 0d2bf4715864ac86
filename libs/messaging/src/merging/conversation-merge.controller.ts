import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { ConversationDto, toConversationDto } from '../conversations/dto/conversation.dto.js';
import { ConversationMergeService } from './conversation-merge.service.js';
import { ConversationSplitService } from './conversation-split.service.js';
import { MergeConversationDto, SplitConversationDto } from './dto/conversation-merge.dto.js';

/** Conversations that become one, and one that becomes two. */
@ApiTags('Messaging')
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
      'Everything that was said moves into one conversation, which is answered; the contacts may be different ones. The others are closed with `merged_into`, and what is said in them from then on goes there. Merges make no chains.',
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
    summary: 'Undo the merge of a conversation',
    description:
      'It gets back what it had, as it was; what was said since stays where it is. Nothing happens to one that was not merged.',
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
      'A message and everything after it move into a new conversation with the same contact, inbox, team, assignee and tags, which is answered.',
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
