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
  UpdateWebhookDto,
  WebhookDto,
  WebhookListQueryDto,
  WebhookWithSecretDto,
} from './dto/webhook.dto.js';
import { WebhookMapper } from './webhook-mapper.service.js';
import { WebhooksService } from './webhooks.service.js';

@ApiTags('Webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly mapper: WebhookMapper,
  ) {}

  @Get()
  @Operation({
    summary: 'List webhooks',
    description: 'Returns webhooks, oldest first by default.',
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
    return toListResponse(request, { ...page, items: await this.mapper.toDtos(workspaceId, page.items) });
  }

  @Post()
  @Operation({
    summary: 'Create a webhook',
    description:
      'Sends events as Standard Webhooks. `data` of a request is the object as of its first delivery, so after quick ' +
      'changes earlier deliveries can show a later state; `data.changed` and `event_data` are those of the event. A response other than 2xx within 15 seconds is a failure; failed ' +
      'deliveries are retried after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h. A 410 response disables the ' +
      'webhook. The response contains the signing secret, which is not shown again. The header `webhook-signature` ' +
      'is `v1,` and the base64 HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`. Fails with 422 if the ' +
      'workspace already has 100 webhooks.',
    access: 'webhooks:write',
    hasSecrets: true,
    response: { item: WebhookWithSecretDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateWebhookDto,
  ): Promise<ItemResponse<WebhookWithSecretDto>> {
    return toResponse(
      await this.mapper.toDtoWithSecret(
        principal.workspaceId,
        await this.webhooks.create(principal, toCreateWebhookInput(body), body.secret),
      ),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get a webhook',
    description: 'Returns the settings and the health of a webhook, without its secret.',
    access: 'webhooks:read',
    response: { item: WebhookDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<ItemResponse<WebhookDto>> {
    return toResponse(await this.mapper.toDto(workspaceId, await this.webhooks.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Update a webhook',
    description:
      'Omitted fields stay unchanged. Enabling the webhook or changing its URL resets its failure count and resumes pending deliveries.',
    access: 'webhooks:write',
    response: { item: WebhookDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Body() body: UpdateWebhookDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<WebhookDto>> {
    return toUpdateResponse(this.webhooks.update(principal, id, toUpdateWebhookInput(body), version), (view) =>
      this.mapper.toDto(principal.workspaceId, view),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a webhook',
    description: 'Cancels pending deliveries and deletes the delivery log.',
    access: 'webhooks:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.webhooks.delete(workspaceId, id);
  }

  @Post(':id/rotate-secret')
  @Operation({
    summary: "Rotate a webhook's secret",
    description:
      'Returns the new secret, which is not shown again. For 24 hours, deliveries are also signed with the ' +
      'previous secret.',
    access: 'webhooks:write',
    hasSecrets: true,
    response: { item: WebhookWithSecretDto },
    errors: ['NOT_FOUND'],
  })
  async rotateSecret(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: RotateSecretDto,
  ): Promise<ItemResponse<WebhookWithSecretDto>> {
    const webhook = await this.webhooks.rotateSecret(workspaceId, id, body.secret);
    return toResponse(await this.mapper.toDtoWithSecret(workspaceId, webhook));
  }
}
