import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { OnTimer, type DueTimer } from '@parley/kernel/timers';
import { DeliveryBodyWriter } from './delivery-body-writer.service.js';
import { DeliveryQueueService } from './delivery-queue.service.js';
import { DeliveryLoop } from './delivery-loop.js';
import type { ClaimedDelivery } from './delivery.view.js';
import { SEND_DELIVERIES, WAKE_WEBHOOK } from './webhook-jobs.js';
import { WebhookSender } from './webhook-sender.service.js';
import type { WebhookView } from './webhook.view.js';

/** After this time the job ends and frees its slot for other webhooks, while its requests continue. */
const MAX_WAIT_MS = 500;
const MAX_DRAIN_MS = 5_000;
const CONCURRENCY = 6;

type ClaimedWebhookDelivery = ClaimedDelivery & { readonly webhook: WebhookView };

/**
 * Sends the due deliveries of one webhook until none is left. Slow or dead endpoints do not occupy a job slot: their
 * requests continue without one. If the process ends meanwhile, a timer sends them again.
 */
@Injectable()
export class SendWebhookDeliveriesJob implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SendWebhookDeliveriesJob.name);
  private readonly loops = new Map<string, DeliveryLoop<ClaimedWebhookDelivery>>();
  private readonly detachedRuns = new Set<Promise<void>>();
  private isStopping = false;
  private isAbandoned = false;

  constructor(
    private readonly queue: DeliveryQueueService,
    private readonly bodies: DeliveryBodyWriter,
    private readonly sender: WebhookSender,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @ProcessJob(SEND_DELIVERIES, { concurrency: CONCURRENCY })
  async send({
    payload: { workspaceId, webhookId },
  }: JobRun<{ readonly workspaceId: string; readonly webhookId: string }>): Promise<void> {
    const activeLoop = this.loops.get(webhookId);
    if (activeLoop) return activeLoop.notify();
    const loop = new DeliveryLoop<ClaimedWebhookDelivery>({
      claim: () => this.claim(workspaceId, webhookId),
      attempt: (delivery) => this.attempt(workspaceId, delivery),
      shouldStop: () => this.isStopping,
    });
    this.loops.set(webhookId, loop);
    const run = loop.run().finally(() => this.loops.delete(webhookId));
    const completion = run.then((wasStopped) =>
      wasStopped ? this.queue.enqueueSend(workspaceId, webhookId) : undefined,
    );
    if (await Promise.race([completion.then(() => true), sleep(MAX_WAIT_MS, false, { ref: false })])) return;
    this.detach(completion, workspaceId, webhookId);
    await this.unitOfWork.run(() => this.queue.scheduleWakeUp(workspaceId, webhookId));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await Promise.race([Promise.allSettled(this.detachedRuns), sleep(MAX_DRAIN_MS, undefined, { ref: false })]);
    this.isAbandoned = true;
  }

  @OnTimer(WAKE_WEBHOOK)
  async wake({ workspaceId, key }: DueTimer): Promise<void> {
    await this.queue.enqueueSend(workspaceId, key);
  }

  private detach(completion: Promise<void>, workspaceId: string, webhookId: string): void {
    const detachedRun = completion
      .catch((error: unknown) => {
        this.logger.warn(
          `restarting deliveries to webhook ${webhookId} after an error: ` +
            `${error instanceof Error ? error.message : String(error)}`,
        );
        return this.queue.enqueueSend(workspaceId, webhookId);
      })
      // If enqueueing fails as well, the timer remains.
      .catch(() => undefined)
      .finally(() => this.detachedRuns.delete(detachedRun));
    this.detachedRuns.add(detachedRun);
  }

  private claim(workspaceId: string, webhookId: string): Promise<ClaimedWebhookDelivery[]> {
    return this.unitOfWork.run(async () => {
      const { webhook, claimed } = await this.queue.claim(workspaceId, webhookId);
      return webhook ? claimed.map((delivery) => ({ ...delivery, webhook })) : [];
    });
  }

  private async attempt(workspaceId: string, delivery: ClaimedWebhookDelivery): Promise<void> {
    const body = delivery.body ?? (await this.bodies.write(workspaceId, delivery));
    const outcome = await this.sender.send(workspaceId, delivery.webhook, delivery.id, body);
    // The request was aborted by our shutdown, so its result does not count against the endpoint. It is repeated when its
    // lease ends.
    if (this.isAbandoned) return;
    await this.unitOfWork.run(() => this.queue.recordOutcome(workspaceId, delivery.webhook.id, delivery, outcome));
  }
}
