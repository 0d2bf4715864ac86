import { Injectable } from '@nestjs/common';
import { Clock, Subscribe, type RecordedEvent } from '@parley/kernel';
import { eventNames } from '@parley/messaging';
import { laneOf } from './delivery-body.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import { DeliveryQueue } from './delivery-queue.service.js';
import { subscriptionsTo } from './event-catalogue.js';
import { passesFilter } from './webhook-filter.js';

/** Every event is queued for the webhooks that want it. */
@Injectable()
export class QueueWebhookDeliveries {
  constructor(
    private readonly deliveries: DeliveryQueueRepository,
    private readonly queue: DeliveryQueue,
    private readonly clock: Clock,
  ) {}

  @Subscribe('all', { id: 'channels.queue-webhook-deliveries' })
  async enqueue(event: RecordedEvent): Promise<void> {
    const { workspaceId, id: eventId, position: eventPosition, type: eventType } = event;
    const now = this.clock.now();
    const subscribed = await this.deliveries.subscribersTo(workspaceId, subscriptionsTo(eventNames(eventType, event.data)));
    const wanting = subscribed.filter(({ filter }) => passesFilter(filter, event, now));
    if (wanting.length === 0) return;
    const lane = laneOf(event);
    const queued = wanting.map(({ id, ordering }) => ({ webhookId: id, eventId, eventPosition, eventType, lane: ordering === 'none' ? null : lane }));
    await this.deliveries.queue(workspaceId, queued, now.toISOString());
    for (const { id } of wanting) await this.queue.wake(workspaceId, id);
  }
}
