import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, type ListResponse } from '@parley/kernel/pagination';
import {
  DeliveryDto,
  DeliveryListQueryDto,
  ReplayDto,
  ReplayStartedDto,
  toDeliveriesFilter,
  toDeliveryDto,
} from './dto/delivery.dto.js';
import { WebhookDeliveriesService } from './webhook-deliveries.service.js';
import { WebhookReplayService } from './webhook-replay.service.js';

/** What was sent to webhooks. */
@ApiTags('Channels')
@Controller('v1/webhooks/:id')
export class WebhookDeliveriesController {
  constructor(
    private readonly deliveries: WebhookDeliveriesService,
    private readonly replays: WebhookReplayService,
  ) {}

  @Post('test')
  @Operation({
    summary: 'Test a webhook',
    description:
      'Sends a `webhook.test` event now, once, and answers with what came of it. Works for a webhook that is switched off, too.',
    access: 'webhooks:write',
    response: { item: DeliveryDto },
    errors: ['NOT_FOUND'],
  })
  async test(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<DeliveryDto>> {
    return toResponse(toDeliveryDto(await this.deliveries.test(workspaceId, id)));
  }

  @Get('deliveries')
  @Operation({
    summary: 'List deliveries',
    description: 'Newest first, each with its attempts. Kept for 30 days.',
    access: 'webhooks:read',
    response: { list: DeliveryDto },
    errors: ['NOT_FOUND'],
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: DeliveryListQueryDto,
  ): Promise<ListResponse<DeliveryDto>> {
    const filter = toDeliveriesFilter(query);
    const request = parsePageRequest(query, ['webhook-deliveries', workspaceId, id, filter]);
    const page = await this.deliveries.list(workspaceId, id, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toDeliveryDto) });
  }

  @Get('deliveries/:delivery_id')
  @Operation({
    summary: 'Get a delivery',
    access: 'webhooks:read',
    response: { item: DeliveryDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('delivery_id', 'Id of the delivery.') deliveryId: string,
  ): Promise<ItemResponse<DeliveryDto>> {
    return toResponse(toDeliveryDto(await this.deliveries.get(workspaceId, id, deliveryId)));
  }

  @Post('deliveries/:delivery_id/redeliver')
  @Operation({
    summary: 'Deliver once more',
    description:
      'At once, with the same `webhook-id` and body, whatever became of it; if need be on the whole schedule again.',
    access: 'webhooks:write',
    response: { item: DeliveryDto, status: 202 },
    errors: ['NOT_FOUND'],
  })
  async redeliver(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IdParam('delivery_id', 'Id of the delivery.') deliveryId: string,
  ): Promise<ItemResponse<DeliveryDto>> {
    return toResponse(toDeliveryDto(await this.deliveries.redeliver(workspaceId, id, deliveryId)));
  }

  @Post('replay')
  @Operation({
    summary: 'Replay events',
    description:
      'Sends everything that the webhook wants and that happened after an event, delivered before or not. What is in the delivery log keeps its `webhook-id` and body.',
    access: 'webhooks:write',
    response: { item: ReplayStartedDto, status: 202 },
    errors: ['NOT_FOUND'],
  })
  async replay(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: ReplayDto,
  ): Promise<ItemResponse<ReplayStartedDto>> {
    await this.replays.start(workspaceId, id, body.after);
    return toResponse({ webhook_id: id, after: body.after });
  }
}
