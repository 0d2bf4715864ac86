import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, one, Operation, type One, type Principal } from '@parley/kernel';
import {
  ReadConversationDto,
  ReadingDto,
  toReadingDto,
  UnreadConversationDto,
  UnreadCountsDto,
} from './dto/reading.dto.js';
import { ReadingService } from './reading.service.js';

/** Who has read what. */
@ApiTags('Messaging')
@Controller('v1/conversations')
export class ConversationReadingController {
  constructor(private readonly reading: ReadingService) {}

  @Get('unread-count')
  @Operation({
    summary: 'Count what waits to be read',
    description: "For the calling user; a service's key is nobody.",
    access: 'conversations:read',
    answer: { one: UnreadCountsDto },
  })
  async counts(@CurrentPrincipal() { workspaceId, userId }: Principal): Promise<One<UnreadCountsDto>> {
    return one(await this.reading.counts(workspaceId, userId));
  }

  @Post(':id/read')
  @Operation({
    summary: 'Note that a conversation was read',
    description:
      "By the calling user, or by the customer, whose reading also gives replies the status `read`. How far each has read is kept for each; the conversation's own `unread_count` goes down to what the customer said after what any user has read. Never goes back.",
    access: 'conversations:write',
    answer: { one: ReadingDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async read(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: ReadConversationDto,
  ): Promise<One<ReadingDto>> {
    return one(toReadingDto(await this.reading.read(workspaceId, id, body.as ?? { userId }, body.message_id ?? null)));
  }

  @Post(':id/unread')
  @Operation({
    summary: 'Note that a conversation is to be read again',
    description:
      "From a message on, or from the newest of others. When it is a user's, the conversation's own `unread_count` counts what the customer said from there on, answered or not.",
    access: 'conversations:write',
    answer: { one: ReadingDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async unread(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: UnreadConversationDto,
  ): Promise<One<ReadingDto>> {
    return one(
      toReadingDto(await this.reading.unread(workspaceId, id, body.as ?? { userId }, body.message_id ?? null)),
    );
  }
}
