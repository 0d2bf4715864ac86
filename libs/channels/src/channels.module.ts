import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { SecretsRepository } from '@parley/kernel/auth';
import { MessagingModule } from '@parley/messaging';
import { DeliveriesRepository } from './webhooks/deliveries.repository.js';
import { DeliveryBodyWriter } from './webhooks/delivery-body-writer.service.js';
import { DeliveryCreator } from './webhooks/delivery-creator.service.js';
import { DeliveryQueueRepository } from './webhooks/delivery-queue.repository.js';
import { DeliveryQueueService } from './webhooks/delivery-queue.service.js';
import { WebhookAttemptEntity } from './webhooks/webhook-attempt.entity.js';
import { WebhookDeliveryEraser } from './webhooks/webhook-delivery-eraser.service.js';
import { WebhookDeliveryRetentionService } from './webhooks/webhook-delivery-retention.service.js';
import { EnqueueWebhookDeliveriesOnEventsSubscriber } from './webhooks/enqueue-webhook-deliveries-on-events.subscriber.js';
import { ReplayWebhookEventsJob } from './webhooks/replay-webhook-events.job.js';
import { SendWebhookDeliveriesJob } from './webhooks/send-webhook-deliveries.job.js';
import { WebhookDeliveriesController } from './webhooks/webhook-deliveries.controller.js';
import { WebhookDeliveriesService } from './webhooks/webhook-deliveries.service.js';
import { WebhookDeliveryEntity } from './webhooks/webhook-delivery.entity.js';
import { WebhookReplayService } from './webhooks/webhook-replay.service.js';
import { WEBHOOK_KEY, WebhookSecretsService } from './webhooks/webhook-secrets.service.js';
import { WebhookSender } from './webhooks/webhook-sender.service.js';
import { WebhookEntity } from './webhooks/webhook.entity.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WebhooksRepository } from './webhooks/webhooks.repository.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([WebhookAttemptEntity, WebhookDeliveryEntity, WebhookEntity]),
    IdentityModule,
    MessagingModule,
  ],
  controllers: [WebhooksController, WebhookDeliveriesController],
  providers: [
    {
      provide: WEBHOOK_KEY,
      useFactory: async (secrets: SecretsRepository) =>
        Buffer.from(await secrets.getOrCreate('channels.webhooks'), 'base64url'),
      inject: [SecretsRepository],
    },
    WebhooksRepository,
    WebhookSecretsService,
    WebhooksService,
    DeliveriesRepository,
    DeliveryQueueRepository,
    DeliveryQueueService,
    DeliveryCreator,
    DeliveryBodyWriter,
    WebhookDeliveryEraser,
    WebhookSender,
    WebhookDeliveriesService,
    WebhookReplayService,
    EnqueueWebhookDeliveriesOnEventsSubscriber,
    SendWebhookDeliveriesJob,
    ReplayWebhookEventsJob,
    WebhookDeliveryRetentionService,
  ],
  exports: [WebhooksService],
})
export class ChannelsModule {}
