import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Events } from '@parley/kernel/events';
import { Jobs } from '@parley/kernel/jobs';
import { Timers } from '@parley/kernel/timers';
import { WebhookDisabled } from '../channels.events.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import { decideNextAttempt, isOnProbation, type EndpointHealth } from './delivery-schedule.js';
import type { AttemptView, ClaimedDelivery } from './delivery.view.js';
import { SEND_DELIVERIES, WAKE_WEBHOOK } from './webhook-jobs.js';
import type { WebhookView } from './webhook.view.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Maximum number of concurrent requests to one endpoint, across all processes. */
const MAX_CONCURRENT_REQUESTS = 8;
/** Time after which an attempt counts as abandoned. Longer than any request. */
const LEASE_MS = 60_000;

/** Result of an attempt. */
export interface AttemptOutcome {
  readonly attempt: Omit<AttemptView, 'number'>;
  readonly retryAfter: string | null;
}

/** Schedules deliveries. Decisions about a webhook are made while holding the lock on its row. */
@Injectable()
export class DeliveryQueueService {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly jobs: Jobs,
    private readonly timers: Timers,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Enqueues the job that sends due deliveries; in the caller's unit of work. */
  enqueueSend(workspaceId: string, webhookId: string): Promise<void> {
    return this.jobs.enqueue(SEND_DELIVERIES, { workspaceId, webhookId }, { key: webhookId });
  }

  /**
   * Locks the webhook. Call this before writing any of its deliveries, to avoid deadlocks. In the caller's unit of
   * work.
   */
  async lock(workspaceId: string, webhookId: string): Promise<void> {
    await this.webhooks.lock(workspaceId, webhookId);
  }

  /** Resumes pending deliveries; in the caller's unit of work. */
  async resume(workspaceId: string, webhookId: string): Promise<void> {
    await this.lock(workspaceId, webhookId);
    await this.queue.release(workspaceId, webhookId, this.clock.now().toISOString());
    await this.enqueueSend(workspaceId, webhookId);
  }

  /** Removes the ordering, including that of pending deliveries. */
  async clearOrdering(workspaceId: string, webhookId: string): Promise<void> {
    await this.queue.clearOrdering(workspaceId, webhookId);
  }

  /**
   * Claims the deliveries that can be sent now. If there are none, sets a timer for the next one. Runs in the caller's
   * unit of work. The webhook is null if it is deleted or disabled.
   */
  async claim(
    workspaceId: string,
    webhookId: string,
  ): Promise<{ webhook: WebhookView | null; claimed: ClaimedDelivery[] }> {
    const webhook = await this.webhooks.lock(workspaceId, webhookId);
    if (!webhook?.enabled) return { webhook: null, claimed: [] };
    const now = this.clock.now();
    const leased = await this.queue.countLeased(workspaceId, webhookId, now.toISOString());
    const capacity = (isOnProbation(webhook) ? 1 : MAX_CONCURRENT_REQUESTS) - leased.count;
    const isPaused = webhook.pausedUntil !== null && new Date(webhook.pausedUntil) > now;
    const leaseEnd = new Date(now.getTime() + LEASE_MS).toISOString();
    const claimed =
      capacity > 0 && !isPaused
        ? await this.queue.claim(workspaceId, webhookId, now.toISOString(), leaseEnd, capacity)
        : [];
    if (claimed.length === 0)
      await this.setWakeUpTimer(
        workspaceId,
        webhook,
        capacity > 0 ? await this.queue.findNextDue(workspaceId, webhookId) : leased.until,
      );
    return { webhook, claimed };
  }

  /** Sets a timer for the next due delivery or the end of a lease; in the caller's unit of work. */
  async scheduleWakeUp(workspaceId: string, webhookId: string): Promise<void> {
    const webhook = await this.webhooks.lock(workspaceId, webhookId);
    if (webhook) await this.setWakeUpTimer(workspaceId, webhook, await this.queue.findNextDue(workspaceId, webhookId));
  }

  /** Stores the result of an attempt and schedules what follows; in the caller's unit of work. */
  async recordOutcome(
    workspaceId: string,
    webhookId: string,
    delivery: ClaimedDelivery,
    { attempt, retryAfter }: AttemptOutcome,
  ): Promise<void> {
    const webhook = await this.webhooks.lock(workspaceId, webhookId);
    if (!webhook) return;
    const now = this.clock.now();
    const result = { status: attempt.responseStatus, complete: attempt.error === null, retryAfter };
    const decision = decideNextAttempt(result, delivery.roundAttempts + 1, webhook, now, Math.random());
    const isFinal = decision.status !== 'pending';
    const update = {
      status: decision.status,
      nextAttemptAt: decision.nextAttemptAt?.toISOString() ?? null,
      completedAt: isFinal ? now.toISOString() : null,
    };
    await this.deliveries.recordAttempt(workspaceId, delivery.id, update, attempt);
    if (isFinal && delivery.orderingKey !== null)
      await this.queue.promote(workspaceId, webhookId, delivery.orderingKey, now.toISOString());
    if (!isSameHealth(webhook, decision.health)) await this.webhooks.setHealth(workspaceId, webhookId, decision.health);
    if (decision.disableReason && webhook.enabled) {
      await this.webhooks.markDisabled(workspaceId, webhookId, decision.disableReason, now.toISOString());
      this.events.append(
        new WebhookDisabled(webhookId, { url: webhook.url, reason: decision.disableReason }, workspaceId),
      );
    }
  }

  private async setWakeUpTimer(
    workspaceId: string,
    { id, pausedUntil }: WebhookView,
    due: string | null,
  ): Promise<void> {
    if (due === null) return;
    const dueAt = new Date(Math.max(Date.parse(due), pausedUntil === null ? 0 : Date.parse(pausedUntil)));
    await this.timers.set({ workspaceId, kind: WAKE_WEBHOOK, key: id, payload: {}, dueAt });
  }
}

function isSameHealth(first: EndpointHealth, second: EndpointHealth): boolean {
  return (
    first.consecutiveFailures === second.consecutiveFailures &&
    first.failingSince === second.failingSince &&
    first.pausedUntil === second.pausedUntil
  );
}
