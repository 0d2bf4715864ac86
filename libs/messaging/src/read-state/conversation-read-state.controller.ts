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

/** Read state of conversations. */
@ApiTags('Read state')
@Controller('v1/conversations')
export class ConversationReadStateController {
  constructor(private readonly readState: ReadStateService) {}

  @Get('unread-count')
  @Operation({
    summary: 'Get unread counts',
    description: 'Returns the unread counts of the calling user. Returns 400 for a service key.',
    access: 'conversations:read',
    response: { item: UnreadCountsDto },
  })
  async counts(@CurrentPrincipal() { workspaceId, userId }: Principal): Promise<ItemResponse<UnreadCountsDto>> {
    return toResponse(await this.readState.getUnreadCounts(workspaceId, userId));
  }

  @Post(':id/read')
  @Operation({
    summary: 'Mark a conversation as read',
    description:
      'Marks the conversation as read by the calling user, or by the contact with `as`. Replies that ' +
      'the contact has read get the status `read`. For a user, `unread_count` of the conversation is ' +
      'reduced to the customer messages after the read position. The read position only moves forward.',
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
    summary: 'Mark a conversation as unread',
    description:
      'Marks the conversation as unread from a message on; by default, from the newest message of ' +
      'others. For a user, `unread_count` of the conversation is increased to the number of customer ' +
      'messages from there on, including answered ones.',
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
