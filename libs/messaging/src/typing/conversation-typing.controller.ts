import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, Operation } from '@parley/kernel/http';
import { TypingDto } from './dto/typing.dto.js';
import { TypingService } from './typing.service.js';

/** Typing indicators. */
@ApiTags('Conversations')
@Controller('v1/conversations/:id/typing')
export class ConversationTypingController {
  constructor(private readonly typing: TypingService) {}

  @Post()
  @Operation({
    summary: 'Send a typing indicator',
    description: 'Sends `conversation.typing` to the clients of `GET /v1/events/stream`. The signal is not stored.',
    access: 'conversations:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async publish(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: TypingDto,
  ): Promise<void> {
    await this.typing.publish(workspaceId, id, {
      on: body.on,
      isNote: body.is_note ?? false,
      asContact: body.as === 'contact',
    });
  }
}
