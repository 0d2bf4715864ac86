import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { OnTimer, ProcessJob, UnitOfWork, type DueTimer, type JobRun } from '@parley/kernel';
import { DeliveryBodies } from './delivery-bodies.service.js';
import { DeliveryQueue } from './delivery-queue.service.js';
import { DeliveryTurn } from './delivery-turn.js';
import type { ClaimedDelivery } from './delivery.view.js';
import { SEND_DELIVERIES, WAKE_WEBHOOK } from './webhook-jobs.js';
import { WebhookSender } from './webhook-sender.service.js';
import type { WebhookView } from './webhook.view.js';

/** A job that takes longer makes room for other webhooks, while its requests go on. */
const PATIENCE_MS = 500;
const LONGEST_DRAIN_MS = 5_000;
const CONCURRENCY = 6;

type Claimed = ClaimedDelivery & { readonly webhook: WebhookView };

/**
 * Sends what is due at one webhook, until nothing is. Endpoints that are slow or dead keep no job waiting: their requests go on without
 * one, and should the process end meanwhile, a timer has them made again.
 */
@Injectable()
export class SendWebhookDeliveries implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SendWebhookDeliveries.name);
  private readonly turns = new Map<string, DeliveryTurn<Claimed>>();
  private readonly leftAlone = new Set<Promise<void>>();
  private stopped = false;
  private abandoned = false;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly bodies: DeliveryBodies,
    private readonly sender: WebhookSender,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @ProcessJob(SEND_DELIVERIES, { concurrency: CONCURRENCY })
  async send({
    payload: { workspaceId, webhookId },
  }: JobRun<{ readonly workspaceId: string; readonly webhookId: string }>): Promise<void> {
    const running = this.turns.get(webhookId);
    if (running) return running.tell();
    const turn = new DeliveryTurn<Claimed>({
      claim: () => this.claim(workspaceId, webhookId),
      attempt: (delivery) => this.attempt(workspaceId, delivery),
      over: () => this.stopped,
    });
    this.turns.set(webhookId, turn);
    const run = turn.run().finally(() => this.turns.delete(webhookId));
    const ended = run.then((cutShort) => (cutShort ? this.queue.wake(workspaceId, webhookId) : undefined));
    if (await Promise.race([ended.then(() => true), sleep(PATIENCE_MS, false, { ref: false })])) return;
    this.leave(ended, workspaceId, webhookId);
    await this.unitOfWork.run(() => this.queue.watch(workspaceId, webhookId));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.race([Promise.allSettled(this.leftAlone), sleep(LONGEST_DRAIN_MS, undefined, { ref: false })]);
    this.abandoned = true;
  }

  @OnTimer(WAKE_WEBHOOK)
  async wake({ workspaceId, key }: DueTimer): Promise<void> {
    await this.queue.wake(workspaceId, key);
  }

  private leave(ended: Promise<void>, workspaceId: string, webhookId: string): void {
    const settled = ended
      .catch((error: unknown) => {
        this.logger.warn(
          `deliveries to the webhook ${webhookId} are begun again: ${error instanceof Error ? error.message : String(error)}`,
        );
        return this.queue.wake(workspaceId, webhookId);
      })
      // The timer is left when even that fails.
      .catch(() => undefined)
      .finally(() => this.leftAlone.delete(settled));
    this.leftAlone.add(settled);
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
    // Cut off by our own end, it says nothing about the endpoint; it is made again once its lease is over.
    if (this.abandoned) return;
    await this.unitOfWork.run(() => this.queue.settle(workspaceId, delivery.webhook.id, delivery, outcome));
  }
}
