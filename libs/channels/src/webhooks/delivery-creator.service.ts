import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { eventTypesOf, type RecordedEvent } from '@parley/kernel/events';
import { orderingKeyOf } from './delivery-body.js';
import { DeliveryQueueRepository, type NewDeliveryRow, type WebhookSubscription } from './delivery-queue.repository.js';
import { matchingSubscriptions } from './event-catalogue.js';
import { passesFilter } from './webhook-filter.js';
import { WebhookSubscriptionsCache } from './webhook-subscriptions-cache.service.js';

/** Creates deliveries for the webhooks that subscribe to an event. */
@Injectable()
export class DeliveryCreator {
  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly subscriptions: WebhookSubscriptionsCache,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates deliveries of events for all subscribed webhooks. Returns the IDs of the webhooks. Runs in the caller's
   * unit of work.
   */
  async createFromEvents(workspaceId: string, events: readonly RecordedEvent[]): Promise<string[]> {
    const webhooks = await this.subscriptions.list(workspaceId);
    if (webhooks.length === 0) return [];
    const now = this.clock.now();
    const deliveries = events.flatMap((event) =>
      webhooks
        .filter((webhook) => webhook.listeningSince <= event.occurredAt && isSubscribed(webhook, event, now))
        .map((webhook) => toNewDeliveryRow(event, webhook)),
    );
    if (deliveries.length > 0) await this.queue.enqueue(workspaceId, deliveries, now.toISOString());
    return [...new Set(deliveries.map(({ webhookId }) => webhookId))];
  }

  /** Creates or restarts deliveries of past events for one webhook; in the caller's unit of work. */
  async recreateFromEvents(
    workspaceId: string,
    webhook: WebhookSubscription,
    events: readonly RecordedEvent[],
  ): Promise<void> {
    const now = this.clock.now();
    const matchingEvents = events.filter((event) => isSubscribed(webhook, event, now));
    if (matchingEvents.length > 0)
      await this.queue.requeue(
        workspaceId,
        matchingEvents.map((event) => toNewDeliveryRow(event, webhook)),
        now.toISOString(),
      );
  }
}

/** A webhook receives no events about itself. */
function isSubscribed({ id, events, filter }: WebhookSubscription, event: RecordedEvent, now: Date): boolean {
  return (
    event.subjectId !== id &&
    matchingSubscriptions(eventTypesOf(event)).some((name) => events.includes(name)) &&
    passesFilter(filter, event, deliveredEventType(event, events), now)
  );
}

/** The event type, or the first alias that the webhook subscribes to: receivers distinguish events by their type. */
function deliveredEventType(event: RecordedEvent, subscriptions: readonly string[]): string {
  return (
    eventTypesOf(event).find((name) =>
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
