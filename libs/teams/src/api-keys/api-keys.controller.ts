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
  'Users with an access token manage their own personal keys without a scope. Service keys, keys of other users, ' +
  'and requests that are authenticated with an API key require `api_keys:read`, or `api_keys:write` for changes.';

/** API keys of users and services. */
@ApiTags('API keys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly updater: ApiKeyUpdater,
  ) {}

  @Get()
  @Operation({
    summary: 'List API keys',
    description:
      `Returns your personal keys and the service keys of the workspace, newest first. ` + OWN_KEYS_DESCRIPTION,
    access: 'signed-in',
    liveOnly: true,
    response: { list: ApiKeyDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ApiKeyListQueryDto,
  ): Promise<ListResponse<ApiKeyDto>> {
    const filter = { q: query.q, kind: query.kind, mode: query.mode, revoked: query.revoked, ...toTimeRange(query) };
    const request = parsePageRequest(query, ['api-keys', principal.workspaceId, principal.userId, filter]);
    const page = await this.keys.list(principal, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toApiKeyDto) });
  }

  @Post()
  @Operation({
    summary: 'Create an API key',
    description:
      'Returns the key; it is not shown again. Creates a service key unless `kind` is `personal`. A key without ' +
      '`expires_at` never expires. The first key with `mode: test` creates the sandbox of the workspace: a workspace ' +
      'of its own with the same settings and copies of the active users, in which all test keys work. The copies are ' +
      'updated whenever a test key is created. ' +
      OWN_KEYS_DESCRIPTION,
    access: 'signed-in',
    liveOnly: true,
    hasSecrets: true,
    response: { item: CreatedApiKeyDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateApiKeyDto,
  ): Promise<ItemResponse<CreatedApiKeyDto>> {
    const { name, kind = 'service', mode = 'live', scopes, expires_at } = body;
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
    description: `Does not return the key itself. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    liveOnly: true,
    response: { item: ApiKeyDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ItemResponse<ApiKeyDto>> {
    return toResponse(toApiKeyDto(await this.keys.get(principal, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update an API key',
    description: `Takes effect within five seconds. Only its owner can update a personal key. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    liveOnly: true,
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
    description:
      'Returns the new key; it is not shown again. The previous key stays valid for `overlap_seconds`; the key ' +
      'before the previous one stops working at once. Only its owner can rotate a personal key. Fails with 422 if ' +
      `the key is revoked or expired. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    liveOnly: true,
    hasSecrets: true,
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
    description: `Takes effect within five seconds. Idempotent. ${OWN_KEYS_DESCRIPTION}`,
    access: 'signed-in',
    liveOnly: true,
    response: { item: ApiKeyDto },
    errors: ['NOT_FOUND'],
  })
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<ItemResponse<ApiKeyDto>> {
    return toResponse(toApiKeyDto(await this.keys.revoke(principal, id)));
  }
}
