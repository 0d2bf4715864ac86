import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  listBody,
  one,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { userOrMe } from '../conversations/dto/user-or-me.js';
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
    answer: { list: ParticipantDto },
    errors: ['NOT_FOUND'],
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: ParticipantListQueryDto,
  ): Promise<ListBody<ParticipantDto>> {
    const times = timeRangeOf(query);
    const request = pageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, [
      'participants',
      workspaceId,
      id,
      times,
    ]);
    const page = await this.participants.list(workspaceId, id, times, request);
    return listBody(request, { ...page, items: page.items.map(toParticipantDto) });
  }

  @Post()
  @Operation({
    summary: 'Let a user follow a conversation',
    description:
      'They are told of what the customer says in it from then on. Nothing changes when they follow it already.',
    access: 'conversations:write',
    answer: { one: ParticipantDto, status: 201 },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async add(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: AddParticipantDto,
  ): Promise<One<ParticipantDto>> {
    return one(
      toParticipantDto(await this.participants.add(workspaceId, id, userOrMe('user_id', body.user_id, userId))),
    );
  }

  @Delete(':user_id')
  @Operation({
    summary: 'Let a user not follow a conversation any more',
    description: 'They do again once they take part again.',
    access: 'conversations:write',
    answer: { empty: true },
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
