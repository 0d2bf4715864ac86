import { Injectable } from '@nestjs/common';
import { EventLogService } from '@parley/kernel/events';
import { RenderingService } from '@parley/kernel/rendering';
import { buildDeliveryBody } from './delivery-body.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import type { ClaimedDelivery } from './delivery.view.js';

/** A claimed delivery with its request body. */
export type DeliveryWithBody = ClaimedDelivery & { readonly body: string };

/** Builds the request bodies of deliveries. */
@Injectable()
export class DeliveryBodyWriter {
  constructor(
    private readonly log: EventLogService,
    private readonly rendering: RenderingService,
    private readonly queue: DeliveryQueueRepository,
  ) {}

  /**
   * Builds the bodies of deliveries from the current state of their resources and stores them for all attempts.
   * Returns the deliveries with their bodies.
   * @throws Error if an event is not in the log.
   */
  async write(workspaceId: string, deliveries: readonly ClaimedDelivery[]): Promise<DeliveryWithBody[]> {
    const missing = deliveries.filter(({ body }) => body === null);
    const bodies = missing.length > 0 ? await this.build(workspaceId, missing) : new Map<string, string>();
    if (bodies.size > 0) await this.queue.saveBodies(workspaceId, bodies);
    return deliveries.map((delivery) => ({ ...delivery, body: delivery.body ?? bodies.get(delivery.id)! }));
  }

  private async build(workspaceId: string, deliveries: readonly ClaimedDelivery[]): Promise<Map<string, string>> {
    const events = await this.log.listAt(
      workspaceId,
      deliveries.map(({ eventPosition }) => eventPosition),
    );
    const resources = await this.rendering.render(workspaceId, events);
    const byPosition = new Map(events.map((event) => [event.position, event]));
    return new Map(
      deliveries.map(({ id, eventPosition, eventType }) => {
        const event = byPosition.get(eventPosition);
        if (!event) throw new Error(`event at position ${eventPosition} not found in the log`);
        return [id, buildDeliveryBody({ ...event, type: eventType }, resources.get(event.subjectId) ?? null)];
      }),
    );
  }
}
