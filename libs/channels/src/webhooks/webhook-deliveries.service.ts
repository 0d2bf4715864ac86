import { Injectable } from '@nestjs/common';
import { Clock, EventLogService, Jobs, newId, notFound, UnitOfWork, type Page, type PageRequest } from '@parley/kernel';
import { DeliveriesRepository, type DeliveriesFilter } from './deliveries.repository.js';
import { deliveryBody } from './delivery-body.js';
import { DeliveryQueue } from './delivery-queue.service.js';
import { succeeded } from './delivery-schedule.js';
import type { DeliveryView } from './delivery.view.js';
import { REPLAY_EVENTS } from './webhook-jobs.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhooksService } from './webhooks.service.js';

/** Type of the event that a test sends; it is in no log, and nobody can subscribe to it. */
export const TEST_EVENT = 'webhook.test';

/** What was sent to a webhook, and what is to be sent once more. */
@Injectable()
export class WebhookDeliveriesService {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveriesRepository,
    private readonly queue: DeliveryQueue,
    private readonly sender: WebhookSender,
    private readonly log: EventLogService,
    private readonly jobs: Jobs,
    private readonly work: Work,
  ) {}
}
