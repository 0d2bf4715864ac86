import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, IdParam, listBody, one, Operation, PageQueryDto, pageRequest, type ListBody, type One, type Principal } from '@parley/kernel';
import { ApiKeysService } from './api-keys.service.js';
import { ApiKeyDto, CreateApiKeyDto, MadeApiKeyDto, toApiKeyDto, toMadeApiKeyDto } from './dto/api-key.dto.js';

/** Keys that people and services call the API with. */
@ApiTags('Teams')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Operation({ summary: 'List API keys', description: 'Your own keys and the service keys of the workspace, newest first.', access: 'api_keys:read', answer: { list: ApiKeyDto } })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: PageQueryDto): Promise<ListBody<ApiKeyDto>> {
    const request = pageRequest(query, ['api-keys', principal.workspaceId, principal.userId]);
    const page = await this.keys.list(principal, request);
    return listBody(request, { ...page, items: page.items.map(toApiKeyDto) });
  }

  @Post()
  @Operation({ summary: 'Make an API key', description: 'The answer shows the key, this once.', access: 'api_keys:write', answer: { one: MadeApiKeyDto, status: 201 }, errors: ['UNPROCESSABLE'] })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreateApiKeyDto): Promise<One<MadeApiKeyDto>> {
    const { name, kind = 'service', mode = 'live', scopes = ['*'], expires_at } = body;
    return one(toMadeApiKeyDto(await this.keys.create(principal, { name, kind, mode, scopes, expiresAt: expires_at ? new Date(expires_at) : null })));
  }

  @Post(':id/revoke')
  @Operation({ summary: 'Revoke an API key', description: 'At once in this process; other processes may trust the key for up to five seconds more. Doing it again changes nothing.', access: 'api_keys:write', answer: { one: ApiKeyDto }, errors: ['NOT_FOUND'] })
  async revoke(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<One<ApiKeyDto>> {
    return one(toApiKeyDto(await this.keys.revoke(principal, id)));
  }
}
