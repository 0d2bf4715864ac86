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

/** Sessions of the caller. */
@ApiTags('Sessions')
@Controller('v1/sessions')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @Operation({
    summary: 'List sessions',
    description:
      'Returns your active sessions in this workspace, newest first. Fails with 422 for a service key, which has ' +
      'no sessions.',
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
    summary: 'Revoke all other sessions',
    description:
      'Revokes your sessions in this workspace, except the one of this request. With a personal API key, all of ' +
      'them are revoked. Fails with 422 for a service key.',
    access: 'in-person',
    response: { item: RevokedSessionsDto },
    errors: ['UNPROCESSABLE'],
  })
  async revokeOthers(@CurrentPrincipal() principal: Principal): Promise<ItemResponse<RevokedSessionsDto>> {
    return toResponse({ revoked: await this.sessions.revokeOthers(principal) });
  }

  @Delete(':id')
  @Operation({
    summary: 'Revoke a session',
    description:
      'Revokes one of your sessions in this workspace. Its tokens stop working within five seconds. Fails with 422 ' +
      'for a service key.',
    access: 'in-person',
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.sessions.revoke(principal, id);
  }
}
