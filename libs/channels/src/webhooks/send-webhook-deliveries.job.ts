import { Injectable } from '@nestjs/common';
import { Clock, OnTimer, ProcessJob, UnitOfWork, type DueTimer, type JobRun } from '@parley/kernel';
import { DeliveryBodies } from './delivery-bodies.service.js';
import { DeliveryQueue } from './delivery-queue.service.js';
import type { ClaimedDelivery } from './delivery.view.js';
import { SEND_DELIVERIES, WAKE_WEBHOOK } from './webhook-jobs.js';
import { WebhookSender } from './webhook-sender.service.js';
import type { WebhookView } from './webhook.view.js';

/** After so long the job makes room for other webhooks and goes on in a new one. */
const LONGEST_TURN_MS = 10_000;
const CONCURRENCY = 6;

/** Sends what is due at one webhook, until nothing is. */
@Injectable()
export class SendWebhookDeliveries {
  constructor(
    private readonly queue: DeliveryQueue,
    private readonly bodies: DeliveryBodies,
    private readonly sender: WebhookSender,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @ProcessJob(SEND_DELIVERIES, { concurrency: CONCURRENCY })
  async send({ payload: { workspaceId, webhookId } }: JobRun<{ readonly workspaceId: string; readonly webhookId: string }>): Promise<void> {
    const turnEnds = this.clock.now().getTime() + LONGEST_TURN_MS;
    for (;;) {
      const { webhook, claimed } = await this.unitOfWork.run(() => this.queue.claim(workspaceId, webhookId));
      if (!webhook || claimed.length === 0) return;
      const attempts = await Promise.allSettled(claimed.map((delivery) => this.attempt(workspaceId, webhook, delivery)));
      const failed = attempts.find((attempt) => attempt.status === 'rejected');
      if (failed) throw failed.reason;
      if (this.clock.now().getTime() > turnEnds) return this.queue.wake(workspaceId, webhookId);
    }
  }

  @OnTimer(WAKE_WEBHOOK)
  async wake({ workspaceId, key }: DueTimer): Promise<void> {
    await this.queue.wake(workspaceId, key);
  }

  private async attempt(workspaceId: string, webhook: WebhookView, delivery: ClaimedDelivery): Promise<void> {
    const body = delivery.body ?? (await this.bodies.write(workspaceId, delivery));
    const outcome = await this.sender.send(workspaceId, webhook, delivery.id, body);
    await this.unitOfWork.run(() => this.queue.settle(workspaceId, webhook.id, delivery, outcome));
  }
}
