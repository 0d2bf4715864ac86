import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdentityModule } from '@parley/identity';
import { SecretsRepository } from '@parley/kernel/auth';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryBodyWriter } from './delivery-body-writer.service.js';
import { DeliveryCreator } from './delivery-creator.service.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import { DeliveryQueueService } from './delivery-queue.service.js';
import { EnqueueWebhookDeliveriesOnEventsSubscriber } from './enqueue-webhook-deliveries-on-events.subscriber.js';
import { ReplayWebhookEventsJob } from './replay-webhook-events.job.js';
import { SendWebhookDeliveriesJob } from './send-webhook-deliveries.job.js';
import { WebhookAttemptEntity } from './webhook-attempt.entity.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookDeliveriesService } from './webhook-deliveries.service.js';
import { WebhookDeliveryEraser } from './webhook-delivery-eraser.service.js';
import { WebhookDeliveryRetentionService } from './webhook-delivery-retention.service.js';
import { WebhookDeliveryEntity } from './webhook-delivery.entity.js';
import { WebhookFieldsController } from './webhook-fields.controller.js';
import { WebhookReplayService } from './webhook-replay.service.js';
import { WEBHOOK_KEY, WebhookSecretsService } from './webhook-secrets.service.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhookSubscriptionsCache } from './webhook-subscriptions-cache.service.js';
import { WebhookValidator } from './webhook-validator.service.js';
import { WebhookEntity } from './webhook.entity.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';
import { WebhookMapper } from './webhook-mapper.service.js';
import { WebhookReferencesService } from './webhook-references.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([WebhookAttemptEntity, WebhookDeliveryEntity, WebhookEntity]), IdentityModule],
  controllers: [WebhookFieldsController, WebhookDeliveriesController, WebhooksController],
  providers: [
    {
      provide: WEBHOOK_KEY,
      useFactory: async (secrets: SecretsRepository) =>
        Buffer.from(await secrets.getOrCreate('channels.webhooks'), 'base64url'),
      inject: [SecretsRepository],
    },
    DeliveriesRepository,
    DeliveryBodyWriter,
    DeliveryCreator,
    DeliveryQueueRepository,
    DeliveryQueueService,
    EnqueueWebhookDeliveriesOnEventsSubscriber,
    ReplayWebhookEventsJob,
    SendWebhookDeliveriesJob,
    WebhookDeliveriesService,
    WebhookDeliveryEraser,
    WebhookDeliveryRetentionService,
    WebhookMapper,
    WebhookReferencesService,
    WebhookReplayService,
    WebhookSecretsService,
    WebhookSender,
    WebhookSubscriptionsCache,
    WebhookValidator,
    WebhooksRepository,
    WebhooksService,
  ],
  exports: [WebhooksService],
})
export class WebhooksModule {}
