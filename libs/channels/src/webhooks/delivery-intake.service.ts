import { Injectable } from '@nestjs/common';
import { Clock, type RecordedEvent } from '@parley/kernel';
import { eventNames } from '@parley/messaging';
import { laneOf } from './delivery-body.js';
import { DeliveryQueueRepository, type NewDelivery, type Subscription } from './delivery-queue.repository.js';
import { subscriptionsTo } from './event-catalogue.js';
import { passesFilter } from './webhook-filter.js';

/** Finds out which webhooks want an event. */
@Injectable()
export class DeliveryIntake {
  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly clock: Clock,
  ) {}

  /** Queues an event for whoever wants it, and gives the webhooks that do; in the caller's unit of work. */
  async queueEvent(event: RecordedEvent): Promise<string[]> {
    const subscribed = await this.queue.subscribersTo(event.workspaceId, wanted(event), event.occurredAt);
    const deliveries = subscribed
      .filter(({ filter }) => passesFilter(filter, event, this.clock.now()))
      .map((webhook) => deliveryOf(event, webhook));
    if (deliveries.length > 0) await this.queue.queue(event.workspaceId, deliveries, this.clock.now().toISOString());
    return deliveries.map(({ webhookId }) => webhookId);
  }

  /** Queues events of the past for one webhook once more, those that it wants; in the caller's unit of work. */
  async queueAgain(workspaceId: string, webhook: Subscription, events: readonly RecordedEvent[]): Promise<void> {
    const now = this.clock.now();
    const taken = new Set(webhook.events);
    const wanting = events.filter(
      (event) => wanted(event).some((name) => taken.has(name)) && passesFilter(webhook.filter, event, now),
    );
    if (wanting.length > 0)
      await this.queue.requeue(
        workspaceId,
        wanting.map((event) => deliveryOf(event, webhook)),
        now.toISOString(),
      );
  }
}

function wanted(event: RecordedEvent): string[] {
  return subscriptionsTo(eventNames(event.type, event.data));
}

/** The event's type or, for a webhook that did not ask for that, the first of its other names that it did ask for: receivers tell events apart by their type. */
function toldAs(event: RecordedEvent, subscribed: readonly string[]): string {
  return (
    eventNames(event.type, event.data).find((name) =>
      subscriptionsTo([name]).some((subscription) => subscribed.includes(subscription)),
    ) ?? event.type
  );
}

function deliveryOf(event: RecordedEvent, { id, events, ordering }: Subscription): NewDelivery {
  return {
    webhookId: id,
    eventId: event.id,
    eventPosition: event.position,
    eventType: toldAs(event, events),
    lane: ordering === 'none' ? null : laneOf(event),
  };
}
