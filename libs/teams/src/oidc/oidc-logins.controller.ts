import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import { OidcLoginDto, OidcLoginListQueryDto, toOidcLoginDto } from './dto/oidc-login.dto.js';
import { OidcProvidersService } from './oidc-providers.service.js';

/** What a login page shows. */
@ApiTags('Teams')
@Controller('v1/auth/oidc')
export class OidcLoginsController {
  constructor(private readonly providers: OidcProvidersService) {}

  @Get()
  @Operation({
    summary: 'List the OIDC providers to sign in through',
    description:
      'For the login page of a workspace: those that are enabled, by the time they were made. A workspace that there is not has none.',
    access: 'public',
    response: { list: OidcLoginDto },
    rateClass: 'register',
  })
  async list(@Query() query: OidcLoginListQueryDto): Promise<ListResponse<OidcLoginDto>> {
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['oidc-logins', query.workspace_id]);
    const page = await this.providers.listForSignIn(query.workspace_id, request);
    return toListResponse(request, { ...page, items: page.items.map(toOidcLoginDto) });
  }
}
