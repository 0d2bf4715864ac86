import { Module } from '@nestjs/common';
import { IdentityModule } from '@parley/identity';
import { SecretsRepository } from '@parley/kernel';
import { MessagingModule } from '@parley/messaging';
import { DeliveriesRepository } from './webhooks/deliveries.repository.js';
import { DeliveryBodies } from './webhooks/delivery-bodies.service.js';
import { DeliveryIntake } from './webhooks/delivery-intake.service.js';
import { DeliveryQueueRepository } from './webhooks/delivery-queue.repository.js';
import { DeliveryQueue } from './webhooks/delivery-queue.service.js';
import { DeliveryTraces } from './webhooks/delivery-traces.service.js';
import { PruneWebhookDeliveries } from './webhooks/prune-webhook-deliveries.service.js';
import { QueueWebhookDeliveries } from './webhooks/queue-webhook-deliveries.subscriber.js';
import { ReplayWebhookEvents } from './webhooks/replay-webhook-events.job.js';
import { SendWebhookDeliveries } from './webhooks/send-webhook-deliveries.job.js';
import { WebhookDeliveriesController } from './webhooks/webhook-deliveries.controller.js';
import { WebhookDeliveriesService } from './webhooks/webhook-deliveries.service.js';
import { WebhookReplay } from './webhooks/webhook-replay.service.js';
import { WEBHOOK_KEY, WebhookSecrets } from './webhooks/webhook-secrets.service.js';
import { WebhookSender } from './webhooks/webhook-sender.service.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WebhooksRepository } from './webhooks/webhooks.repository.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

/** How events go out. */
@Module({
  imports: [IdentityModule, MessagingModule],
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [
    {
      provide: WEBHOOK_KEY,
      useFactory: async (secrets: SecretsRepository) =>
        Buffer.from(await secrets.getOrMake('channels.webhooks'), 'base64url'),
      inject: [SecretsRepository],
    },
    WebhooksRepository,
    WebhookSecrets,
    WebhooksService,
    DeliveriesRepository,
    DeliveryQueueRepository,
    DeliveryQueue,
    DeliveryIntake,
    DeliveryBodies,
    DeliveryTraces,
    WebhookSender,
    WebhookDeliveriesService,
    WebhookReplay,
    QueueWebhookDeliveries,
    SendWebhookDeliveries,
    ReplayWebhookEvents,
    PruneWebhookDeliveries,
  ],
  exports: [WebhooksService],
})
export class ChannelsModule {}
