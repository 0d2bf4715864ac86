import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { resolveUserIdOrMe } from '@parley/teams';
import { AddParticipantDto, ParticipantDto, ParticipantListQueryDto, toParticipantDto } from './dto/participant.dto.js';
import { ParticipantsService } from './participants.service.js';

/** Participants: users who follow a conversation. */
@ApiTags('Participants')
@Controller('v1/conversations/:id/participants')
export class ConversationParticipantsController {
  constructor(private readonly participants: ParticipantsService) {}

  @Get()
  @Operation({
    summary: "List a conversation's participants",
    description:
      'Returns the users who follow the conversation. Users are added when they are assigned, reply, ' +
      'write a note or are mentioned. Sorted by the time they were added, oldest first, unless ' +
      '`order_dir` is set.',
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
    summary: 'Add a participant',
    description:
      'Adds a user as a participant, who is then notified of customer messages in the conversation. Idempotent. ' +
      'Returns 422 if the user has no access to the inbox of the conversation.',
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
      toParticipantDto(await this.participants.add(workspaceId, id, resolveUserIdOrMe('userId', body.user_id, userId))),
    );
  }

  @Delete(':user_id')
  @Operation({
    summary: 'Remove a participant',
    description:
      'Removes a user from the participants. The user is added again when they next reply, write a ' +
      'note, are mentioned or are assigned.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async remove(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('user_id', 'ID of the user.') userId: string,
  ): Promise<void> {
    await this.participants.remove(workspaceId, id, userId);
  }
}
