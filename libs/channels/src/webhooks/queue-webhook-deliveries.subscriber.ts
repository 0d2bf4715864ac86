import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { DeliveryIntake } from './delivery-intake.service.js';
import { DeliveryQueue } from './delivery-queue.service.js';

/** Every event is queued for the webhooks that want it. */
@Injectable()
export class QueueWebhookDeliveries {
  constructor(
    private readonly intake: DeliveryIntake,
    private readonly queue: DeliveryQueue,
  ) {}

  @Subscribe('all', { id: 'channels.queue-webhook-deliveries' })
  async queueEvent(event: RecordedEvent): Promise<void> {
    for (const webhookId of await this.intake.queueEvent(event)) await this.queue.wake(event.workspaceId, webhookId);
  }
}
