import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId, notFoundError, type Principal } from '@parley/kernel';
import { hasScope } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { isSecurityEvent } from '@parley/kernel/events';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { DeliveriesRepository, type DeliveriesFilter } from './deliveries.repository.js';
import { buildDeliveryBody } from './delivery-body.js';
import { DeliveryQueueService } from './delivery-queue.service.js';
import { isSuccessful } from './delivery-schedule.js';
import type { DeliveryView } from './delivery.view.js';
import { WebhookSecretsService } from './webhook-secrets.service.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhooksService } from './webhooks.service.js';

/** Event type of test deliveries. It is not in the event log and cannot be subscribed to. */
export const TEST_EVENT_TYPE = 'webhook.test';

/** Reads and redelivers deliveries, and sends test events. */
@Injectable()
export class WebhookDeliveriesService {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveriesRepository,
    private readonly queue: DeliveryQueueService,
    private readonly secrets: WebhookSecretsService,
    private readonly sender: WebhookSender,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError NOT_FOUND if the webhook does not exist. */
  async list(
    { workspaceId, scopes }: Principal,
    webhookId: string,
    filter: DeliveriesFilter,
    request: PageRequest,
  ): Promise<Page<DeliveryView>> {
    await this.webhooks.get(workspaceId, webhookId);
    const excludesSecurity = !hasScope(scopes, 'audit:read');
    return this.deliveries.list(workspaceId, webhookId, { ...filter, excludesSecurity }, request);
  }

  /** @throws DomainError NOT_FOUND, also for a delivery of a security event that the caller cannot read. */
  async getVisible({ workspaceId, scopes }: Principal, webhookId: string, id: string): Promise<DeliveryView> {
    const delivery = await this.get(workspaceId, webhookId, id);
    if (isSecurityEvent({ type: delivery.eventType }) && !hasScope(scopes, 'audit:read'))
      throw notFoundError('Delivery');
    return delivery;
  }

  /** @throws DomainError NOT_FOUND */
  private async get(workspaceId: string, webhookId: string, id: string): Promise<DeliveryView> {
    const delivery = await this.deliveries.find(workspaceId, webhookId, id);
    if (!delivery) throw notFoundError('Delivery');
    return delivery;
  }

  /**
   * Retries a delivery immediately, with the same ID and body, and restarts its retry schedule. It does not wait for
   * other deliveries. A disabled webhook gets it when it is enabled.
   * @throws DomainError NOT_FOUND; CONFLICT while an attempt is in progress.
   */
  redeliver(principal: Principal, webhookId: string, id: string): Promise<DeliveryView> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      await this.queue.lock(workspaceId, webhookId);
      await this.getVisible(principal, webhookId, id);
      if (!(await this.deliveries.redeliver(workspaceId, webhookId, id, this.clock.now().toISOString())))
        throw new DomainError('CONFLICT', 'An attempt of the delivery is in progress. Try again when it has ended');
      await this.queue.resume(workspaceId, webhookId);
      return this.get(workspaceId, webhookId, id);
    });
  }

  /**
   * Sends a test event once and immediately, even if the webhook is disabled. The result does not affect the health of
   * the webhook. @throws DomainError NOT_FOUND
   */
  async test(workspaceId: string, webhookId: string): Promise<DeliveryView> {
    const webhook = await this.webhooks.get(workspaceId, webhookId);
    const [id, eventId, now] = [newId(), newId(), this.clock.now().toISOString()];
    const event = {
      id: eventId,
      type: TEST_EVENT_TYPE,
      workspaceId,
      occurredAt: now,
      subjectId: webhookId,
      data: { url: webhook.url, events: webhook.events },
    };
    const body = buildDeliveryBody(event, null);
    const { attempt, retryAfter } = await this.sender.send(
      webhook.url,
      await this.secrets.listActive(workspaceId, webhookId),
      id,
      body,
    );
    const status = isSuccessful({ status: attempt.responseStatus, complete: attempt.error === null, retryAfter })
      ? 'succeeded'
      : 'failed';
    return this.unitOfWork.run(async () => {
      await this.deliveries.addTest(workspaceId, id, webhookId, eventId, TEST_EVENT_TYPE, body, now);
      const completedAt = this.clock.now().toISOString();
      await this.deliveries.recordAttempts(workspaceId, [
        { deliveryId: id, status, nextAttemptAt: null, completedAt, attempt },
      ]);
      return this.get(workspaceId, webhookId, id);
    });
  }
}
