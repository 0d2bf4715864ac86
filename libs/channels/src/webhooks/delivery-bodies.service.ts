import { Injectable } from '@nestjs/common';
import { EventLogService, Rendering } from '@parley/kernel';
import { deliveryBody } from './delivery-body.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import type { ClaimedDelivery } from './delivery.view.js';

const ANY = { types: null, subjectId: null, correlationId: null } as const;

/** Writes the bodies of deliveries. */
@Injectable()
export class DeliveryBodies {
  constructor(
    private readonly log: EventLogService,
    private readonly rendering: Rendering,
    private readonly queue: DeliveryQueueRepository,
  ) {}

  /** Writes a delivery's body from the object as the API shows it now, and keeps it for all attempts to come. */
  async write(workspaceId: string, { id, eventPosition, eventType }: ClaimedDelivery): Promise<string> {
    const [event] = await this.log.page(workspaceId, eventPosition - 1, eventPosition, ANY, 1);
    if (!event) throw new Error(`the event at ${eventPosition} is not in the log`);
    const body = deliveryBody(
      { ...event, type: eventType },
      await this.rendering.render(event.subjectType, workspaceId, event.subjectId),
    );
    await this.queue.keepBody(workspaceId, id, body);
    return body;
  }
}
