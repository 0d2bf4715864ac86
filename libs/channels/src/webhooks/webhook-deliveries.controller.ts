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

@ApiTags('Webhook deliveries')
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
      'Sends a `webhook.test` event once and immediately, even if the webhook is disabled. Returns the ' +
      'delivery with its attempt.',
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
    summary: 'List webhook deliveries',
    description:
      'Returns deliveries with their attempts, newest first; those of `security.*` events only with the scope ' +
      '`audit:read`. Deliveries are deleted after 30 days.',
    access: 'webhooks:read',
    response: { list: DeliveryDto },
    errors: ['NOT_FOUND'],
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @Query() query: DeliveryListQueryDto,
  ): Promise<ListResponse<DeliveryDto>> {
    const filter = toDeliveriesFilter(query);
    const request = parsePageRequest(query, ['webhook-deliveries', principal.workspaceId, id, filter]);
    const page = await this.deliveries.list(principal, id, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toDeliveryDto) });
  }

  @Get('deliveries/:delivery_id')
  @Operation({
    summary: 'Get a webhook delivery',
    description: 'Returns the delivery with its request body and its last 20 attempts.',
    access: 'webhooks:read',
    response: { item: DeliveryDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IdParam('delivery_id', 'Delivery ID.') deliveryId: string,
  ): Promise<ItemResponse<DeliveryDto>> {
    return toResponse(toDeliveryDto(await this.deliveries.getVisible(principal, id, deliveryId)));
  }

  @Post('deliveries/:delivery_id/redeliver')
  @Operation({
    summary: 'Redeliver a webhook delivery',
    description:
      'Sends the delivery immediately, in any status, with the same `webhook-id` and body. Restarts the retry ' +
      'schedule if the attempt fails. Fails with 409 while an attempt is in progress.',
    access: 'webhooks:write',
    response: { item: DeliveryDto, status: 202 },
    errors: ['NOT_FOUND', 'CONFLICT'],
  })
  async redeliver(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
    @IdParam('delivery_id', 'Delivery ID.') deliveryId: string,
  ): Promise<ItemResponse<DeliveryDto>> {
    return toResponse(toDeliveryDto(await this.deliveries.redeliver(principal, id, deliveryId)));
  }

  @Post('replay')
  @Operation({
    summary: 'Start a webhook replay',
    description:
      'Delivers all events after the given event that the webhook subscribes to, even if they were delivered ' +
      'before. Events in the delivery log keep their `webhook-id` and body.',
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
