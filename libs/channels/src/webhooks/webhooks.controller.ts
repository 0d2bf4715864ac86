import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import {
  CreateWebhookDto,
  RotateSecretDto,
  toCreateWebhookInput,
  toUpdateWebhookInput,
  toWebhookDto,
  toWebhookWithSecretDto,
  UpdateWebhookDto,
  WebhookDto,
  WebhookListQueryDto,
  WebhookWithSecretDto,
} from './dto/webhook.dto.js';
import { WebhooksService } from './webhooks.service.js';

/** Places that events are sent to. */
@ApiTags('Channels')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @Operation({
    summary: 'List webhooks',
    description: 'By the time they were made.',
    access: 'webhooks:read',
    response: { list: WebhookDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: WebhookListQueryDto,
  ): Promise<ListResponse<WebhookDto>> {
    const filter = { enabled: query.enabled, ...toTimeRange(query) };
    const request = parsePageRequest({ order_dir: 'asc', ...query }, ['webhooks', workspaceId, filter]);
    const page = await this.webhooks.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toWebhookDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a webhook',
    description:
      'Events are posted as Standard Webhooks. Anything but 2xx within 15 s is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h; 410 switches the webhook off.',
    access: 'webhooks:write',
    response: { item: WebhookWithSecretDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateWebhookDto,
  ): Promise<ItemResponse<WebhookWithSecretDto>> {
    return toResponse(
      toWebhookWithSecretDto(await this.webhooks.create(workspaceId, toCreateWebhookInput(body), body.secret)),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a webhook',
    access: 'webhooks:read',
    response: { item: WebhookDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<WebhookDto>> {
    return toResponse(toWebhookDto(await this.webhooks.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a webhook',
    description: 'Switching it on forgets its failures and goes on with what was pending.',
    access: 'webhooks:write',
    response: { item: WebhookDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateWebhookDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<WebhookDto>> {
    return toUpdateResponse(this.webhooks.update(workspaceId, id, toUpdateWebhookInput(body), version), toWebhookDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a webhook',
    description: 'Its deliveries go with it, those to come too.',
    access: 'webhooks:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.webhooks.delete(workspaceId, id);
  }

  @Post(':id/rotate-secret')
  @Operation({
    summary: 'Change the secret of a webhook',
    description: 'For 24 hours deliveries carry a signature with the old secret as well.',
    access: 'webhooks:write',
    response: { item: WebhookWithSecretDto },
    errors: ['NOT_FOUND'],
  })
  async rotateSecret(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: RotateSecretDto,
  ): Promise<ItemResponse<WebhookWithSecretDto>> {
    return toResponse(toWebhookWithSecretDto(await this.webhooks.rotateSecret(workspaceId, id, body.secret)));
  }
}
