import { Injectable } from '@nestjs/common';
import { EventLogService } from '@parley/kernel/events';
import { RenderingService } from '@parley/kernel/rendering';
import { buildDeliveryBody } from './delivery-body.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import type { ClaimedDelivery } from './delivery.view.js';

const ALL_EVENTS = { types: null, subjectId: null, correlationId: null } as const;

/** Builds the request bodies of deliveries. */
@Injectable()
export class DeliveryBodyWriter {
  constructor(
    private readonly log: EventLogService,
    private readonly rendering: RenderingService,
    private readonly queue: DeliveryQueueRepository,
  ) {}

  /** Builds the body of a delivery from the current state of the resource and stores it for all attempts. */
  async write(workspaceId: string, { id, eventPosition, eventType }: ClaimedDelivery): Promise<string> {
    const [event] = await this.log.listPage(workspaceId, eventPosition - 1, eventPosition, ALL_EVENTS, 1);
    if (!event) throw new Error(`event at position ${eventPosition} not found in the log`);
    const body = buildDeliveryBody(
      { ...event, type: eventType },
      await this.rendering.render(event.subjectType, workspaceId, event.subjectId),
    );
    await this.queue.saveBody(workspaceId, id, body);
    return body;
  }
}
