import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  MarkConversationReadDto,
  ReadStateDto,
  toReadStateDto,
  MarkConversationUnreadDto,
  UnreadCountsDto,
} from './dto/read-state.dto.js';
import { ReadStateService } from './read-state.service.js';

/** Who has read what. */
@ApiTags('Messaging')
@Controller('v1/conversations')
export class ConversationReadStateController {
  constructor(private readonly readState: ReadStateService) {}

  @Get('unread-count')
  @Operation({
    summary: 'Count what waits to be read',
    description: "For the calling user; a service's key is nobody.",
    access: 'conversations:read',
    response: { item: UnreadCountsDto },
  })
  async counts(@CurrentPrincipal() { workspaceId, userId }: Principal): Promise<ItemResponse<UnreadCountsDto>> {
    return toResponse(await this.readState.getUnreadCounts(workspaceId, userId));
  }

  @Post(':id/read')
  @Operation({
    summary: 'Note that a conversation was read',
    description:
      "By the calling user, or by the customer, whose reading also gives replies the status `read`. How far each has read is kept for each; the conversation's own `unread_count` goes down to what the customer said after what any user has read. Never goes back.",
    access: 'conversations:write',
    response: { item: ReadStateDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async read(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: MarkConversationReadDto,
  ): Promise<ItemResponse<ReadStateDto>> {
    return toResponse(
      toReadStateDto(await this.readState.markRead(workspaceId, id, body.as ?? { userId }, body.message_id ?? null)),
    );
  }

  @Post(':id/unread')
  @Operation({
    summary: 'Note that a conversation is to be read again',
    description:
      "From a message on, or from the newest of others. When it is a user's, the conversation's own `unread_count` counts what the customer said from there on, answered or not.",
    access: 'conversations:write',
    response: { item: ReadStateDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async unread(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: MarkConversationUnreadDto,
  ): Promise<ItemResponse<ReadStateDto>> {
    return toResponse(
      toReadStateDto(await this.readState.markUnread(workspaceId, id, body.as ?? { userId }, body.message_id ?? null)),
    );
  }
}
