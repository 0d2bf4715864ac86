import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal } from '../auth/current-principal.js';
import type { Principal } from '../context/request-context.js';
import { IdParam } from '../http/id.pipe.js';
import { toResponse, type ItemResponse } from '../http/item-response.js';
import { Operation } from '../http/operation.js';
import { toListResponse, parsePageRequest, type ListResponse } from '../pagination/page.js';
import { DeadLetterDto, ListDeadLettersQueryDto, toDeadLetterDto } from './dto/dead-letter.dto.js';
import { DeadLettersService } from './dead-letters.service.js';

/** Events, timers and jobs that failed in every attempt. */
@ApiTags('Dead letters')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLettersService) {}

  @Get()
  @Operation({
    summary: 'List dead letters',
    description:
      'Returns events, timers and jobs whose handler failed in every attempt, newest first, with the last error. ' +
      'Redriven dead letters are returned only with `include_redriven=true`. `payload` and `error` are empty for users ' +
      'who cannot see the conversations of all inboxes.',
    access: 'settings:read',
    response: { list: DeadLetterDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ListDeadLettersQueryDto,
  ): Promise<ListResponse<DeadLetterDto>> {
    const request = parsePageRequest(query, [workspaceId, 'dead-letters', query.include_redriven]);
    const offset = request.offset ?? 0;
    const { deadLetters, total } = await this.deadLetters.list(
      workspaceId,
      query.include_redriven ?? false,
      request.limit,
      offset,
    );
    return toListResponse(request, {
      items: deadLetters.map(toDeadLetterDto),
      total: { value: total, estimate: false },
      next: null,
    });
  }

  @Post(':id/redrive')
  @Operation({
    summary: 'Redrive a dead letter',
    description:
      'Runs the handler of an event immediately. Puts a timer or job back into its queue. Returns 422 if the ' +
      'dead letter cannot be redriven.',
    access: 'settings:write',
    response: { item: DeadLetterDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async redrive(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<DeadLetterDto>> {
    return toResponse(toDeadLetterDto(await this.deadLetters.redrive(workspaceId, id)));
  }
}
