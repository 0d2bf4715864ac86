import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import type { RecordedEvent } from '@parley/kernel/events';
import { matchingEventTypes } from '@parley/messaging';
import { orderingKeyOf } from './delivery-body.js';
import { DeliveryQueueRepository, type NewDeliveryRow, type WebhookSubscription } from './delivery-queue.repository.js';
import { matchingSubscriptions } from './event-catalogue.js';
import { passesFilter } from './webhook-filter.js';

/** Finds out which webhooks want an event. */
@Injectable()
export class DeliveryCreator {
  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly clock: Clock,
  ) {}

  /** Queues an event for whoever wants it, and gives the webhooks that do; in the caller's unit of work. */
  async createFromEvent(event: RecordedEvent): Promise<string[]> {
    const subscriptions = await this.queue.listSubscribed(
      event.workspaceId,
      subscriptionNames(event),
      event.occurredAt,
    );
    const deliveries = subscriptions
      .filter(({ filter }) => passesFilter(filter, event, this.clock.now()))
      .map((webhook) => toNewDeliveryRow(event, webhook));
    if (deliveries.length > 0) await this.queue.enqueue(event.workspaceId, deliveries, this.clock.now().toISOString());
    return deliveries.map(({ webhookId }) => webhookId);
  }

  /** Queues events of the past for one webhook once more, those that it wants; in the caller's unit of work. */
  async recreateFromEvents(
    workspaceId: string,
    webhook: WebhookSubscription,
    events: readonly RecordedEvent[],
  ): Promise<void> {
    const now = this.clock.now();
    const subscribedEvents = new Set(webhook.events);
    const matchingEvents = events.filter(
      (event) =>
        subscriptionNames(event).some((name) => subscribedEvents.has(name)) && passesFilter(webhook.filter, event, now),
    );
    if (matchingEvents.length > 0)
      await this.queue.requeue(
        workspaceId,
        matchingEvents.map((event) => toNewDeliveryRow(event, webhook)),
        now.toISOString(),
      );
  }
}

function subscriptionNames(event: RecordedEvent): string[] {
  return matchingSubscriptions(matchingEventTypes(event.type, event.data));
}

/** The event's type or, for a webhook that did not ask for that, the first of its other names that it did ask for: receivers tell events apart by their type. */
function deliveredEventType(event: RecordedEvent, subscriptions: readonly string[]): string {
  return (
    matchingEventTypes(event.type, event.data).find((name) =>
      matchingSubscriptions([name]).some((subscription) => subscriptions.includes(subscription)),
    ) ?? event.type
  );
}

function toNewDeliveryRow(event: RecordedEvent, { id, events, ordering }: WebhookSubscription): NewDeliveryRow {
  return {
    webhookId: id,
    eventId: event.id,
    eventPosition: event.position,
    eventType: deliveredEventType(event, events),
    orderingKey: ordering === 'none' ? null : orderingKeyOf(event),
  };
}
