import { Injectable } from '@nestjs/common';
import { Clock } from '@parley/kernel';
import { Events } from '@parley/kernel/events';
import { Jobs } from '@parley/kernel/jobs';
import { Timers } from '@parley/kernel/timers';
import { WebhookDisabled } from '../channels.events.js';
import { DeliveriesRepository, type RecordedAttempt } from './deliveries.repository.js';
import { originOf } from './delivery-body.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import { decideNextAttempt, isOnProbation, type EndpointHealth } from './delivery-schedule.js';
import type { AttemptView, ClaimedDelivery } from './delivery.view.js';
import { SEND_DELIVERIES, WAKE_WEBHOOK } from './webhook-jobs.js';
import type { SealedSecret } from './webhook-secret.js';
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

/** Result of an attempt with its delivery. */
export interface DeliveryOutcome extends AttemptOutcome {
  readonly delivery: ClaimedDelivery;
}

/** Deliveries to send, all to one endpoint. */
export interface DeliveryTurn {
  readonly url: string;
  /** Encrypted signing secrets, newest first. */
  readonly secrets: readonly SealedSecret[];
  readonly claimed: readonly ClaimedDelivery[];
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
   * Stores the results of attempts, and claims the deliveries that can be sent next. If there are none, sets a timer for
   * the next one. Runs in the caller's unit of work. Null if the webhook is deleted or disabled.
   */
  async takeTurn(
    workspaceId: string,
    webhookId: string,
    outcomes: readonly DeliveryOutcome[],
    claimsMore: boolean,
  ): Promise<DeliveryTurn | null> {
    const locked = await this.webhooks.lockWithSecrets(workspaceId, webhookId);
    if (!locked) return null;
    const { webhook, saved } = this.recordOutcomes(workspaceId, locked.webhook, outcomes);
    // Sent behind the results, without waiting for the answers to these.
    const [claimed] = await Promise.all([
      webhook.enabled && claimsMore ? this.claim(workspaceId, webhook) : null,
      ...saved,
    ]);
    return claimed && { url: webhook.url, secrets: locked.secrets, claimed };
  }

  /** Sets a timer for the next due delivery or the end of a lease; in the caller's unit of work. */
  async scheduleWakeUp(workspaceId: string, webhookId: string): Promise<void> {
    const webhook = await this.webhooks.lock(workspaceId, webhookId);
    if (webhook) await this.setWakeUpTimer(workspaceId, webhook, null);
  }

  /** Removes the timer of a deleted webhook; in the caller's unit of work. */
  cancelWakeUp(workspaceId: string, webhookId: string): Promise<void> {
    return this.timers.cancel(workspaceId, WAKE_WEBHOOK, webhookId);
  }

  private async claim(workspaceId: string, webhook: WebhookView): Promise<ClaimedDelivery[]> {
    const now = this.clock.now();
    const isPaused = webhook.pausedUntil !== null && new Date(webhook.pausedUntil) > now;
    const leaseEnd = new Date(now.getTime() + LEASE_MS).toISOString();
    const maxRequests = isOnProbation(webhook) ? 1 : MAX_CONCURRENT_REQUESTS;
    const claimed = isPaused
      ? []
      : await this.queue.claim(workspaceId, webhook.id, now.toISOString(), leaseEnd, maxRequests);
    if (claimed.length === 0) await this.setWakeUpTimer(workspaceId, webhook, maxRequests);
    return claimed;
  }

  /**
   * Sends the statements that store the results, in the order in which the attempts ended. Returns the webhook with its
   * new health.
   */
  private recordOutcomes(
    workspaceId: string,
    before: WebhookView,
    outcomes: readonly DeliveryOutcome[],
  ): { webhook: WebhookView; saved: readonly Promise<void>[] } {
    if (outcomes.length === 0) return { webhook: before, saved: [] };
    const now = this.clock.now();
    const attempts: RecordedAttempt[] = [];
    const completedKeys = new Set<string>();
    let health: EndpointHealth = before;
    let disableReason: WebhookView['disabledReason'] = null;
    for (const { delivery, attempt, retryAfter } of outcomes) {
      const result = { status: attempt.responseStatus, complete: attempt.error === null, retryAfter };
      const decision = decideNextAttempt(result, delivery.roundAttempts + 1, health, now, Math.random());
      const { status, nextAttemptAt } = decision;
      const completedAt = status === 'pending' ? null : now.toISOString();
      if (completedAt !== null && delivery.orderingKey !== null) completedKeys.add(delivery.orderingKey);
      attempts.push({
        deliveryId: delivery.id,
        status,
        nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
        completedAt,
        attempt,
      });
      health = decision.health;
      disableReason ??= decision.disableReason;
    }
    const saved = [this.deliveries.recordAttempts(workspaceId, attempts)];
    if (completedKeys.size > 0)
      saved.push(this.queue.promote(workspaceId, before.id, [...completedKeys], now.toISOString()));
    if (!isSameHealth(before, health)) saved.push(this.webhooks.setHealth(workspaceId, before.id, health));
    if (disableReason === null || !before.enabled) return { webhook: { ...before, ...health }, saved };
    saved.push(this.webhooks.markDisabled(workspaceId, before.id, disableReason, now.toISOString()));
    this.events.append(
      new WebhookDisabled(before.id, { url: originOf(before.url), reason: disableReason }, workspaceId),
    );
    return { webhook: { ...before, ...health, enabled: false }, saved };
  }

  private async setWakeUpTimer(
    workspaceId: string,
    { id, pausedUntil }: WebhookView,
    maxRequests: number | null,
  ): Promise<void> {
    const due = await this.queue.findNextDue(workspaceId, id, this.clock.now().toISOString(), maxRequests);
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
