import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { DeliveryCreator } from './delivery-creator.service.js';
import { DeliveryQueueService } from './delivery-queue.service.js';

/** Enqueues deliveries of all events to the subscribed webhooks. */
@Injectable()
export class EnqueueWebhookDeliveriesOnEventsSubscriber {
  constructor(
    private readonly creator: DeliveryCreator,
    private readonly queue: DeliveryQueueService,
  ) {}

  // One lane per workspace: several would wait for each other to enqueue the job of the same webhook.
  @Subscribe('all', { id: 'channels.queue-webhook-deliveries', partition: 'workspace', batch: true })
  async enqueueDeliveries(events: readonly RecordedEvent[]): Promise<void> {
    const { workspaceId } = events[0]!;
    for (const webhookId of await this.creator.createFromEvents(workspaceId, events))
      await this.queue.enqueueSend(workspaceId, webhookId);
  }
}
