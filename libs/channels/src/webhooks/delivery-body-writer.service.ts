import { Injectable } from '@nestjs/common';
import { EventLogService } from '@parley/kernel/events';
import { RenderingService } from '@parley/kernel/rendering';
import { buildDeliveryBody } from './delivery-body.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import type { ClaimedDelivery } from './delivery.view.js';

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
   * Returns the bodies by delivery; those of events that are no longer in the log are missing.
   */
  async write(workspaceId: string, deliveries: readonly ClaimedDelivery[]): Promise<ReadonlyMap<string, string>> {
    const missing = deliveries.filter(({ body }) => body === null);
    const bodies = missing.length > 0 ? await this.build(workspaceId, missing) : new Map<string, string>();
    if (bodies.size > 0) await this.queue.saveBodies(workspaceId, bodies);
    for (const { id, body } of deliveries) if (body !== null) bodies.set(id, body);
    return bodies;
  }

  private async build(workspaceId: string, deliveries: readonly ClaimedDelivery[]): Promise<Map<string, string>> {
    const events = await this.log.listAt(
      workspaceId,
      deliveries.map(({ eventPosition }) => eventPosition),
    );
    const resourceOf = await this.rendering.render(workspaceId, events);
    const byPosition = new Map(events.map((event) => [event.position, event]));
    const bodies = deliveries.flatMap(({ id, eventPosition, eventType }): [string, string][] => {
      const event = byPosition.get(eventPosition);
      return event ? [[id, buildDeliveryBody({ ...event, type: eventType }, resourceOf(event))]] : [];
    });
    return new Map(bodies);
  }
}
