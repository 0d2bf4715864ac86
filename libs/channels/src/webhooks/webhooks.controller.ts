import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  IfMatch,
  listBody,
  one,
  oneChanged,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import {
  CreateWebhookDto,
  RotateSecretDto,
  toNewSettings,
  toSettingsChange,
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
    answer: { list: WebhookDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: WebhookListQueryDto,
  ): Promise<ListBody<WebhookDto>> {
    const filter = { enabled: query.enabled, ...timeRangeOf(query) };
    const request = pageRequest({ order_dir: 'asc', ...query }, ['webhooks', workspaceId, filter]);
    const page = await this.webhooks.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toWebhookDto) });
  }

  @Post()
  @Operation({
    summary: 'Make a webhook',
    description:
      'Events are posted as Standard Webhooks. Anything but 2xx within 15 s is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h; 410 switches the webhook off.',
    access: 'webhooks:write',
    answer: { one: WebhookWithSecretDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateWebhookDto,
  ): Promise<One<WebhookWithSecretDto>> {
    return one(toWebhookWithSecretDto(await this.webhooks.create(workspaceId, toNewSettings(body), body.secret)));
  }

  @Get(':id')
  @Operation({ summary: 'Get a webhook', access: 'webhooks:read', answer: { one: WebhookDto }, errors: ['NOT_FOUND'] })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<WebhookDto>> {
    return one(toWebhookDto(await this.webhooks.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a webhook',
    description: 'Switching it on forgets its failures and goes on with what was pending.',
    access: 'webhooks:write',
    answer: { one: WebhookDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateWebhookDto,
    @IfMatch() version: number | null,
  ): Promise<One<WebhookDto>> {
    return oneChanged(this.webhooks.update(workspaceId, id, toSettingsChange(body), version), toWebhookDto);
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a webhook',
    description: 'Its deliveries go with it, those to come too.',
    access: 'webhooks:write',
    answer: { empty: true },
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
    answer: { one: WebhookWithSecretDto },
    errors: ['NOT_FOUND'],
  })
  async rotateSecret(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: RotateSecretDto,
  ): Promise<One<WebhookWithSecretDto>> {
    return one(toWebhookWithSecretDto(await this.webhooks.rotateSecret(workspaceId, id, body.secret)));
  }
}
