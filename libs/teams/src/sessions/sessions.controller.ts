import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreatedPageQueryDto,
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
    answer: { list: SessionDto },
    errors: ['UNPROCESSABLE'],
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: CreatedPageQueryDto,
  ): Promise<ListBody<SessionDto>> {
    const range = timeRangeOf(query);
    const request = pageRequest(query, ['sessions', principal.workspaceId, principal.userId, range]);
    const page = await this.sessions.list(principal, range, request);
    return listBody(request, { ...page, items: page.items.map((view) => toSessionDto(view, principal.credentialId)) });
  }

  @Post('revoke-others')
  @Operation({
    summary: 'Sign out everywhere else',
    description:
      'Ends all of your sessions in this workspace but the one that asks. With a personal key all of them end.',
    access: 'in-person',
    answer: { one: RevokedSessionsDto },
    errors: ['UNPROCESSABLE'],
  })
  async revokeOthers(@CurrentPrincipal() principal: Principal): Promise<One<RevokedSessionsDto>> {
    return one({ revoked: await this.sessions.revokeOthers(principal) });
  }

  @Delete(':id')
  @Operation({
    summary: 'End one of my sessions',
    description: 'Its tokens stop working: at once in this process, within five seconds in others.',
    access: 'in-person',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.sessions.revoke(principal, id);
  }
}
