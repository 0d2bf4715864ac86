import { Injectable } from '@nestjs/common';
import { Clock, OnTimer, ProcessJob, UnitOfWork, type DueTimer, type JobRun } from '@parley/kernel';
import { DeliveryBodies } from './delivery-bodies.service.js';
import { DeliveryQueue } from './delivery-queue.service.js';
import { DeliveryTurn } from './delivery-turn.js';
import type { ClaimedDelivery } from './delivery.view.js';
import { SEND_DELIVERIES, WAKE_WEBHOOK } from './webhook-jobs.js';
import { WebhookSender } from './webhook-sender.service.js';
import type { WebhookView } from './webhook.view.js';

/** After so long the job makes room for other webhooks and goes on in a new one. */
const LONGEST_TURN_MS = 10_000;
const CONCURRENCY = 6;

type Claimed = ClaimedDelivery & { readonly webhook: WebhookView };

/** Sends what is due at one webhook, until nothing is. */
@Injectable()
export class SendWebhookDeliveries {
  private readonly turns = new Map<string, DeliveryTurn<Claimed>>();

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly bodies: DeliveryBodies,
    private readonly sender: WebhookSender,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @ProcessJob(SEND_DELIVERIES, { concurrency: CONCURRENCY })
  async send({ payload: { workspaceId, webhookId } }: JobRun<{ readonly workspaceId: string; readonly webhookId: string }>): Promise<void> {
    const running = this.turns.get(webhookId);
    if (running) return running.tell();
    const ends = this.clock.now().getTime() + LONGEST_TURN_MS;
    const turn = new DeliveryTurn<Claimed>({
      claim: () => this.claim(workspaceId, webhookId),
      attempt: (delivery) => this.attempt(workspaceId, delivery),
      over: () => this.clock.now().getTime() > ends,
    });
    this.turns.set(webhookId, turn);
    const cutShort = await turn.run().finally(() => this.turns.delete(webhookId));
    if (cutShort) await this.queue.wake(workspaceId, webhookId);
  }

  @OnTimer(WAKE_WEBHOOK)
  async wake({ workspaceId, key }: DueTimer): Promise<void> {
    await this.queue.wake(workspaceId, key);
  }

  private claim(workspaceId: string, webhookId: string): Promise<Claimed[]> {
    return this.unitOfWork.run(async () => {
      const { webhook, claimed } = await this.queue.claim(workspaceId, webhookId);
      return webhook ? claimed.map((delivery) => ({ ...delivery, webhook })) : [];
    });
  }

  private async attempt(workspaceId: string, delivery: Claimed): Promise<void> {
    const body = delivery.body ?? (await this.bodies.write(workspaceId, delivery));
    const outcome = await this.sender.send(workspaceId, delivery.webhook, delivery.id, body);
    await this.unitOfWork.run(() => this.queue.settle(workspaceId, delivery.webhook.id, delivery, outcome));
  }
}
