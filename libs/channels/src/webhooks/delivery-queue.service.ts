import { Injectable } from '@nestjs/common';
import { Clock, Events, Jobs, Timers } from '@parley/kernel';
import { WebhookDisabled } from '../channels.events.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import { judge, onProbation, type EndpointHealth } from './delivery-schedule.js';
import type { AttemptView, ClaimedDelivery } from './delivery.view.js';
import { SEND_DELIVERIES, WAKE_WEBHOOK } from './webhook-jobs.js';
import type { WebhookView } from './webhook.view.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Requests to one endpoint at a time, over all processes. */
const MOST_AT_ONCE = 8;
/** After it an attempt counts as abandoned: longer than any attempt takes. */
const LEASE_MS = 60_000;

/** What came of an attempt. */
export interface Outcome {
  readonly attempt: Omit<AttemptView, 'number'>;
  readonly retryAfter: string | null;
}

/** Decides what is sent when. Everything about one webhook is decided under the lock on its row. */
@Injectable()
export class DeliveryQueue {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly jobs: Jobs,
    private readonly timers: Timers,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Has whatever is due sent soon; in the caller's unit of work. */
  wake(workspaceId: string, webhookId: string): Promise<void> {
    return this.jobs.enqueue(SEND_DELIVERIES, { workspaceId, webhookId }, { key: webhookId });
  }

  /** Keeps everybody else from the webhook's deliveries; before any of them is touched, or two would wait for each other. In the caller's unit of work. */
  async hold(workspaceId: string, webhookId: string): Promise<void> {
    await this.webhooks.lock(workspaceId, webhookId);
  }

  /** Goes on with what is pending; in the caller's unit of work. */
  async resume(workspaceId: string, webhookId: string): Promise<void> {
    await this.hold(workspaceId, webhookId);
    await this.queue.release(workspaceId, webhookId, this.clock.now().toISOString());
    await this.wake(workspaceId, webhookId);
  }

  /** Order counts no more, not even for what is pending. */
  async forgetOrder(workspaceId: string, webhookId: string): Promise<void> {
    await this.queue.dropLanes(workspaceId, webhookId);
  }

  /**
   * Takes what may be sent now; when that is nothing, a timer is set for when it will be. In the caller's unit of work.
   * The webhook is null once it is gone or switched off.
   */
  async claim(
    workspaceId: string,
    webhookId: string,
  ): Promise<{ webhook: WebhookView | null; claimed: ClaimedDelivery[] }> {
    const webhook = await this.webhooks.lock(workspaceId, webhookId);
    if (!webhook?.enabled) return { webhook: null, claimed: [] };
    const now = this.clock.now();
    const leased = await this.queue.leased(workspaceId, webhookId, now.toISOString());
    const room = (onProbation(webhook) ? 1 : MOST_AT_ONCE) - leased.count;
    const paused = webhook.pausedUntil !== null && new Date(webhook.pausedUntil) > now;
    const leaseEnd = new Date(now.getTime() + LEASE_MS).toISOString();
    const claimed =
      room > 0 && !paused ? await this.queue.claim(workspaceId, webhookId, now.toISOString(), leaseEnd, room) : [];
    if (claimed.length === 0)
      await this.wakeLater(
        workspaceId,
        webhook,
        room > 0 ? await this.queue.nextDue(workspaceId, webhookId) : leased.until,
      );
    return { webhook, claimed };
  }

  /** Has the webhook woken when its next delivery is due, or an attempt counts as abandoned; in the caller's unit of work. */
  async watch(workspaceId: string, webhookId: string): Promise<void> {
    const webhook = await this.webhooks.lock(workspaceId, webhookId);
    if (webhook) await this.wakeLater(workspaceId, webhook, await this.queue.nextDue(workspaceId, webhookId));
  }

  /** Writes down what came of an attempt and decides what follows; in the caller's unit of work. */
  async settle(
    workspaceId: string,
    webhookId: string,
    delivery: ClaimedDelivery,
    { attempt, retryAfter }: Outcome,
  ): Promise<void> {
    const webhook = await this.webhooks.lock(workspaceId, webhookId);
    if (!webhook) return;
    const now = this.clock.now();
    const result = { status: attempt.responseStatus, complete: attempt.error === null, retryAfter };
    const verdict = judge(result, delivery.roundAttempts + 1, webhook, now, Math.random());
    const over = verdict.status !== 'pending';
    const settlement = {
      status: verdict.status,
      nextAttemptAt: verdict.nextAttemptAt?.toISOString() ?? null,
      completedAt: over ? now.toISOString() : null,
    };
    await this.deliveries.settle(workspaceId, delivery.id, settlement, attempt);
    if (over && delivery.lane !== null)
      await this.queue.promote(workspaceId, webhookId, delivery.lane, now.toISOString());
    if (!sameHealth(webhook, verdict.health)) await this.webhooks.setHealth(workspaceId, webhookId, verdict.health);
    if (verdict.disable && webhook.enabled) {
      await this.webhooks.markDisabled(workspaceId, webhookId, verdict.disable, now.toISOString());
      this.events.append(new WebhookDisabled(webhookId, { url: webhook.url, reason: verdict.disable }, workspaceId));
    }
  }

  private async wakeLater(workspaceId: string, { id, pausedUntil }: WebhookView, due: string | null): Promise<void> {
    if (due === null) return;
    const dueAt = new Date(Math.max(Date.parse(due), pausedUntil === null ? 0 : Date.parse(pausedUntil)));
    await this.timers.set({ workspaceId, kind: WAKE_WEBHOOK, key: id, payload: {}, dueAt });
  }
}

function sameHealth(one: EndpointHealth, other: EndpointHealth): boolean {
  return (
    one.failuresInARow === other.failuresInARow &&
    one.failingSince === other.failingSince &&
    one.pausedUntil === other.pausedUntil
  );
}
