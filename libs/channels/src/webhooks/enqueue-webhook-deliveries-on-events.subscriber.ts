import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { DeliveryCreator } from './delivery-creator.service.js';
import { DeliveryQueueService } from './delivery-queue.service.js';

/** Enqueues deliveries of each event to the subscribed webhooks. */
@Injectable()
export class EnqueueWebhookDeliveriesOnEventsSubscriber {
  constructor(
    private readonly creator: DeliveryCreator,
    private readonly queue: DeliveryQueueService,
  ) {}

  @Subscribe('all', { id: 'channels.queue-webhook-deliveries' })
  async enqueueDeliveries(event: RecordedEvent): Promise<void> {
    for (const webhookId of await this.creator.createFromEvent(event))
      await this.queue.enqueueSend(event.workspaceId, webhookId);
  }
}
