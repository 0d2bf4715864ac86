import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { resolveUserIdOrMe } from '../conversations/dto/user-or-me.js';
import { AddParticipantDto, ParticipantDto, ParticipantListQueryDto, toParticipantDto } from './dto/participant.dto.js';
import { ParticipantsService } from './participants.service.js';

/** Who follows a conversation. */
@ApiTags('Messaging')
@Controller('v1/conversations/:id/participants')
export class ConversationParticipantsController {
  constructor(private readonly participants: ParticipantsService) {}

  @Get()
  @Operation({
    summary: 'List who follows a conversation',
    description:
      'Users follow what they are assigned, reply to, write a note in or are mentioned in. The longest first, unless told otherwise.',
    access: 'conversations:read',
    response: { list: ParticipantDto },
    errors: ['NOT_FOUND'],
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: ParticipantListQueryDto,
  ): Promise<ListResponse<ParticipantDto>> {
    const timeRange = toTimeRange(query);
    const request = parsePageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, [
      'participants',
      workspaceId,
      id,
      timeRange,
    ]);
    const page = await this.participants.list(workspaceId, id, timeRange, request);
    return toListResponse(request, { ...page, items: page.items.map(toParticipantDto) });
  }

  @Post()
  @Operation({
    summary: 'Let a user follow a conversation',
    description:
      'They are told of what the customer says in it from then on. Nothing changes when they follow it already.',
    access: 'conversations:write',
    response: { item: ParticipantDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async add(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: AddParticipantDto,
  ): Promise<ItemResponse<ParticipantDto>> {
    return toResponse(
      toParticipantDto(
        await this.participants.add(workspaceId, id, resolveUserIdOrMe('user_id', body.user_id, userId)),
      ),
    );
  }

  @Delete(':user_id')
  @Operation({
    summary: 'Let a user not follow a conversation any more',
    description: 'They do again once they take part again.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async remove(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('user_id', 'Id of the user.') userId: string,
  ): Promise<void> {
    await this.participants.remove(workspaceId, id, userId);
  }
}
