import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '@parley/kernel/database';
import { ProcessJob, type JobRun } from '@parley/kernel/jobs';
import { OnTimer, type DueTimer } from '@parley/kernel/timers';
import { DeliveryBodyWriter } from './delivery-body-writer.service.js';
import { DeliveryLoop } from './delivery-loop.js';
import { DeliveryQueueService, type DeliveryOutcome } from './delivery-queue.service.js';
import type { ClaimedDelivery } from './delivery.view.js';
import { SEND_DELIVERIES, WAKE_WEBHOOK } from './webhook-jobs.js';
import { WebhookSecretsService } from './webhook-secrets.service.js';
import { WebhookSender } from './webhook-sender.service.js';

/** After this time the job ends and frees its slot for other webhooks, while its requests continue. */
const MAX_WAIT_MS = 500;
const MAX_DRAIN_MS = 5_000;
const CONCURRENCY = 6;

interface DeliveryToSend {
  readonly delivery: ClaimedDelivery;
  /** Bodies of all deliveries of the turn, by ID. */
  readonly bodies: Promise<ReadonlyMap<string, string>>;
  readonly url: string;
  readonly secrets: readonly string[];
}

/**
 * Sends the due deliveries of one webhook until none is left. Slow or dead endpoints do not occupy a job slot: their
 * requests continue without one. If the process ends meanwhile, a timer sends them again.
 */
@Injectable()
export class SendWebhookDeliveriesJob implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SendWebhookDeliveriesJob.name);
  private readonly loops = new Map<string, DeliveryLoop<DeliveryToSend, DeliveryOutcome>>();
  private readonly detachedRuns = new Set<Promise<void>>();
  private isStopping = false;
  private isAbandoned = false;

  constructor(
    private readonly queue: DeliveryQueueService,
    private readonly bodies: DeliveryBodyWriter,
    private readonly secrets: WebhookSecretsService,
    private readonly sender: WebhookSender,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @ProcessJob(SEND_DELIVERIES, { concurrency: CONCURRENCY })
  async send({
    payload: { workspaceId, webhookId },
  }: JobRun<{ readonly workspaceId: string; readonly webhookId: string }>): Promise<void> {
    const activeLoop = this.loops.get(webhookId);
    if (activeLoop) return activeLoop.notify();
    const loop = new DeliveryLoop<DeliveryToSend, DeliveryOutcome>({
      takeTurn: (outcomes, claimsMore) => this.takeTurn(workspaceId, webhookId, outcomes, claimsMore),
      attempt: (delivery) => this.attempt(delivery),
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

  private async takeTurn(
    workspaceId: string,
    webhookId: string,
    outcomes: readonly DeliveryOutcome[],
    claimsMore: boolean,
  ): Promise<DeliveryToSend[]> {
    const turn = await this.unitOfWork.run(() => this.queue.takeTurn(workspaceId, webhookId, outcomes, claimsMore));
    if (turn === null) return [];
    const { url, claimed } = turn;
    const secrets = this.secrets.decryptActive(webhookId, turn.secrets);
    if (claimed.length === 0) return [];
    // Not awaited: a failure belongs to the attempts, because the results of the turn are stored by now.
    const bodies = this.bodies.write(workspaceId, claimed);
    return claimed.map((delivery) => ({ delivery, bodies, url, secrets }));
  }

  /** Null if the request was aborted by the shutdown of this process. It is repeated when its lease ends. */
  private async attempt({ delivery, bodies, url, secrets }: DeliveryToSend): Promise<DeliveryOutcome | null> {
    const body = (await bodies).get(delivery.id);
    const outcome =
      body === undefined
        ? this.sender.reject(url, 'the event is no longer in the log')
        : await this.sender.send(url, secrets, delivery.id, body);
    return this.isAbandoned ? null : { delivery, ...outcome };
  }
}
