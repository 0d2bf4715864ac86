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

/** Work that kept failing and was set aside. */
@ApiTags('Dead letters')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLettersService) {}

  @Get()
  @Operation({
    summary: 'List dead letters',
    description: 'Events, timers and jobs whose handler kept failing, newest first, with the last error.',
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
    summary: 'Try a dead letter again',
    description: 'An event is handled at once; a timer or job is put back in line.',
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
