import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { REGISTER } from '../teams.rate-classes.js';
import { OidcLoginDto, OidcLoginListQueryDto, toOidcLoginDto } from './dto/oidc-login.dto.js';
import { OidcProvidersService } from './oidc-providers.service.js';

/** OIDC providers for the sign-in page of a workspace. */
@ApiTags('Sign-in')
@Controller('v1/auth/oidc')
export class OidcLoginsController {
  constructor(private readonly providers: OidcProvidersService) {}

  @Get()
  @Operation({
    summary: 'List OIDC providers for sign-in',
    description:
      'Returns the enabled providers of a workspace, oldest first. Returns an empty list if the workspace does ' +
      'not exist.',
    access: 'public',
    response: { list: OidcLoginDto },
    rateClass: REGISTER,
  })
  async list(@Query() query: OidcLoginListQueryDto): Promise<ListResponse<OidcLoginDto>> {
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['oidc-logins', query.workspace_id]);
    const page = await this.providers.listForSignIn(query.workspace_id, request);
    return toListResponse(request, { ...page, items: page.items.map(toOidcLoginDto) });
  }
}
