import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { ApiKeyUpdater } from './api-key-updater.service.js';
import { ApiKeysService } from './api-keys.service.js';
import {
  ApiKeyDto,
  ApiKeyListQueryDto,
  CreateApiKeyDto,
  CreatedApiKeyDto,
  RotateApiKeyDto,
  toApiKeyDto,
  toCreatedApiKeyDto,
  UpdateApiKeyDto,
} from './dto/api-key.dto.js';

const OWN_KEYS_DESCRIPTION =
  'Whoever has signed in with an access token looks after the personal keys of their own; service keys, keys of others, and anything by means of a key take the scope `api_keys:read` or, to change something, `api_keys:write`.';

/** Keys that people and services call the API with. */
@ApiTags('Teams')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly updater: ApiKeyUpdater,
  ) {}

  @Get()
  @Operation({
    summary: 'List API keys',
    description: `Your own keys and the service keys of the workspace, newest first. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    response: { list: ApiKeyDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ApiKeyListQueryDto,
  ): Promise<ListResponse<ApiKeyDto>> {
    const filter = { q: query.q, kind: query.kind, revoked: query.revoked, ...toTimeRange(query) };
    const request = parsePageRequest(query, ['api-keys', principal.workspaceId, principal.userId, filter]);
    const page = await this.keys.list(principal, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toApiKeyDto) });
  }

  @Post()
  @Operation({
    summary: 'Make an API key',
    description: `The answer shows the key, this once. A service key is made unless \`kind\` says otherwise, and a key that is made without \`scopes\` or \`expires_at\` may do everything, for good: say what it is for. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    response: { item: CreatedApiKeyDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateApiKeyDto,
  ): Promise<ItemResponse<CreatedApiKeyDto>> {
    const { name, kind = 'service', mode = 'live', scopes = ['*'], expires_at } = body;
    return toResponse(
      toCreatedApiKeyDto(
        await this.keys.create(principal, {
          name,
          kind,
          mode,
          scopes,
          expiresAt: expires_at ? new Date(expires_at) : null,
        }),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get an API key',
    description: `Without the key itself. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    response: { item: ApiKeyDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ItemResponse<ApiKeyDto>> {
    return toResponse(toApiKeyDto(await this.keys.get(principal, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change an API key',
    description: `Takes hold at once in this process, within five seconds in others. A personal key is changed by its user alone. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    response: { item: ApiKeyDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateApiKeyDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<ApiKeyDto>> {
    const { name, scopes, expires_at } = body;
    const expiresAt = expires_at == null ? expires_at : new Date(expires_at);
    return toUpdateResponse(this.updater.update(principal, id, { name, scopes, expiresAt }, version), toApiKeyDto);
  }

  @Post(':id/rotate')
  @Operation({
    summary: 'Rotate an API key',
    description: `The answer shows the new key, this once. The one before works on for \`overlap_seconds\`, so that nothing stops while you put the new one in place; the one before that ends now. A personal key is rotated by its user alone. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    response: { item: CreatedApiKeyDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async rotate(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: RotateApiKeyDto,
  ): Promise<ItemResponse<CreatedApiKeyDto>> {
    return toResponse(toCreatedApiKeyDto(await this.updater.rotate(principal, id, body.overlap_seconds ?? 86_400)));
  }

  @Post(':id/revoke')
  @Operation({
    summary: 'Revoke an API key',
    description: `At once in this process; other processes may trust the key for up to five seconds more. Doing it again changes nothing. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    response: { item: ApiKeyDto },
    errors: ['NOT_FOUND'],
  })
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ItemResponse<ApiKeyDto>> {
    return toResponse(toApiKeyDto(await this.keys.revoke(principal, id)));
  }
}
