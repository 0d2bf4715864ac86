import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import {
  CreatedPageQueryDto,
  toListResponse,
  parsePageRequest,
  toTimeRange,
  type ListResponse,
} from '@parley/kernel/pagination';
import { RevokedSessionsDto, SessionDto, toSessionDto } from './dto/session.dto.js';
import { SessionsService } from './sessions.service.js';

/** Where you are signed in. */
@ApiTags('Teams')
@Controller('v1/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @Operation({
    summary: 'List my sessions',
    description: 'Where you are signed in to this workspace, newest first. A service key has no sessions.',
    access: 'in-person',
    response: { list: SessionDto },
    errors: ['UNPROCESSABLE'],
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: CreatedPageQueryDto,
  ): Promise<ListResponse<SessionDto>> {
    const range = toTimeRange(query);
    const request = parsePageRequest(query, ['sessions', principal.workspaceId, principal.userId, range]);
    const page = await this.sessions.list(principal, range, request);
    return toListResponse(request, {
      ...page,
      items: page.items.map((view) => toSessionDto(view, principal.credentialId)),
    });
  }

  @Post('revoke-others')
  @Operation({
    summary: 'Sign out everywhere else',
    description:
      'Ends all of your sessions in this workspace but the one that asks. With a personal key all of them end.',
    access: 'in-person',
    response: { item: RevokedSessionsDto },
    errors: ['UNPROCESSABLE'],
  })
  async revokeOthers(@CurrentPrincipal() principal: Principal): Promise<ItemResponse<RevokedSessionsDto>> {
    return toResponse({ revoked: await this.sessions.revokeOthers(principal) });
  }

  @Delete(':id')
  @Operation({
    summary: 'End one of my sessions',
    description: 'Its tokens stop working: at once in this process, within five seconds in others.',
    access: 'in-person',
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.sessions.revoke(principal, id);
  }
}
