import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { OldestFirstQueryDto } from '../list-query.dto.js';
import {
  CreateOidcProviderDto,
  OidcProviderDto,
  toOidcProviderDto,
  UpdateOidcProviderDto,
} from './dto/oidc-provider.dto.js';
import type { OidcProviderView } from './oidc-provider.view.js';
import { OidcProvidersService } from './oidc-providers.service.js';
import { OidcUrlBuilder } from './oidc-url-builder.service.js';

/** OpenID Connect providers for single sign-on. */
@ApiTags('OIDC providers')
@Controller('v1/oidc-providers')
export class OidcProvidersController {
  constructor(
    private readonly providers: OidcProvidersService,
    private readonly urls: OidcUrlBuilder,
  ) {}

  @Get()
  @Operation({
    summary: 'List OIDC providers',
    description:
      'Returns all providers, including disabled ones, oldest first. For a sign-in page, use `GET ' +
      '/v1/auth/oidc`, which needs no credential.',
    access: 'settings:read',
    response: { list: OidcProviderDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: OldestFirstQueryDto,
  ): Promise<ListResponse<OidcProviderDto>> {
    const range = toTimeRange(query);
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['oidc-providers', workspaceId, range]);
    const page = await this.providers.list(workspaceId, range, request);
    return toListResponse(request, { ...page, items: page.items.map(this.toDto) });
  }

  @Post()
  @Operation({
    summary: 'Create an OIDC provider',
    description:
      'Register `redirect_uri` with the provider, and send users to `start_url`. Also requires a credential with ' +
      'all scopes, because a provider can sign in as any user. Limit: 20 providers per workspace.',
    access: 'settings:write',
    liveOnly: true,
    response: { item: OidcProviderDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateOidcProviderDto,
  ): Promise<ItemResponse<OidcProviderDto>> {
    const {
      name,
      issuer,
      client_id: clientId,
      client_secret = null,
      allowed_domains = [],
      auto_provision = false,
      default_role = 'agent',
      enabled = true,
    } = body;
    const settings = {
      name,
      issuer,
      clientId,
      allowedDomains: allowed_domains,
      autoProvision: auto_provision,
      defaultRole: default_role,
      enabled,
    };
    return toResponse(this.toDto(await this.providers.create(principal, settings, client_secret)));
  }

  @Get(':id')
  @Operation({
    summary: 'Get an OIDC provider',
    description: 'Returns the provider with its `start_url` and `redirect_uri`. The client secret is never returned.',
    access: 'settings:read',
    response: { item: OidcProviderDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<OidcProviderDto>> {
    return toResponse(this.toDto(await this.providers.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update an OIDC provider',
    description: 'Also requires a credential with all scopes.',
    access: 'settings:write',
    liveOnly: true,
    response: { item: OidcProviderDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateOidcProviderDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<OidcProviderDto>> {
    const {
      name,
      issuer,
      client_id: clientId,
      client_secret: clientSecret,
      allowed_domains: allowedDomains,
      auto_provision: autoProvision,
      default_role: defaultRole,
      enabled,
    } = body;
    return toUpdateResponse(
      this.providers.update(
        principal,
        id,
        { name, issuer, clientId, clientSecret, allowedDomains, autoProvision, defaultRole, enabled },
        version,
      ),
      this.toDto,
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete an OIDC provider',
    description:
      'Users who signed in through the provider keep their accounts and sessions. Also requires a credential with ' +
      'all scopes.',
    access: 'settings:write',
    liveOnly: true,
    response: { empty: true },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async delete(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<void> {
    await toUpdateResponse(this.providers.delete(principal, id, version), this.toDto);
  }

  private readonly toDto = (view: OidcProviderView): OidcProviderDto =>
    toOidcProviderDto(view, this.urls.buildBaseUrl(view.id));
}
