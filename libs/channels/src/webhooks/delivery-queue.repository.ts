import { Injectable } from '@nestjs/common';
import { newId } from '@parley/kernel';
import { Database, statement } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import type { ClaimedDelivery } from './delivery.view.js';
import type { WebhookOrdering } from './webhook.view.js';

/** A webhook that subscribes to an event. */
export interface WebhookSubscription {
  readonly id: string;
  /** What it subscribes to. */
  readonly events: readonly string[];
  readonly filter: FilterNode | null;
  readonly ordering: WebhookOrdering;
}

/** An event that is to be delivered to a webhook. */
export interface NewDeliveryRow {
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventPosition: number;
  readonly eventType: string;
  readonly orderingKey: string | null;
}

const LIST_SUBSCRIBED = statement(
  'channels.webhooks-for-event',
  `select id, events, filter, ordering from channels.webhooks where workspace_id = $1 and enabled and events && $2::text[] and listening_since <= $3`,
);
// A webhook that is being deleted is passed over.
const INSERT = `insert into channels.webhook_deliveries as d (id, workspace_id, webhook_id, event_id, event_position, event_type, lane, status, next_attempt_at, created_at)
   select n.id, $1, n.webhook_id, n.event_id, n.event_position, n.event_type, n.lane, 'pending', $8, $8
   from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::uuid[]) as n (id, webhook_id, event_id, event_position, event_type, lane)
   join channels.webhooks w on w.id = n.webhook_id for key share of w`;
const ENQUEUE = statement('channels.queue-deliveries', `${INSERT} on conflict (webhook_id, event_id) do nothing`);
const REQUEUE = statement(
  'channels.requeue-deliveries',
  `${INSERT} on conflict (webhook_id, event_id) do update set status = 'pending', lane = excluded.lane, round_attempts = 0, next_attempt_at = excluded.next_attempt_at, completed_at = null
   where d.status <> 'pending'`,
);
// What waits for an earlier delivery of its lane is taken out of what is due, once.
const DEFER_BLOCKED = statement(
  'channels.park-deliveries',
  `update channels.webhook_deliveries d set next_attempt_at = null
   where d.lane is not null and d.id in (
     select id from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2 and status = 'pending' and next_attempt_at <= $3 order by next_attempt_at, event_position limit 200
   ) and exists (
     select 1 from channels.webhook_deliveries e where e.webhook_id = $2 and e.lane = d.lane and e.status = 'pending' and e.event_position < d.event_position
   )`,
);
const CLAIM = statement(
  'channels.claim-deliveries',
  `update channels.webhook_deliveries d set next_attempt_at = $4, leased_until = $4
   from (
     select id from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2 and status = 'pending' and next_attempt_at <= $3 order by next_attempt_at, event_position limit $5
   ) due
   where d.id = due.id
   returning d.id, d.event_id as "eventId", d.event_position as "eventPosition", d.event_type as "eventType", d.body, d.lane as "orderingKey", d.round_attempts as "roundAttempts"`,
);
const COUNT_LEASED = statement(
  'channels.leased-deliveries',
  `select count(*) as count, min(leased_until) as "until" from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2 and leased_until > $3`,
);
const FIND_NEXT_DUE = statement(
  'channels.next-due-delivery',
  `select min(next_attempt_at) as due from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2 and status = 'pending'`,
);
const PROMOTE = statement(
  'channels.promote-delivery',
  `update channels.webhook_deliveries set next_attempt_at = coalesce(next_attempt_at, $4) where id = (
     select id from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2 and lane = $3 and status = 'pending' order by event_position limit 1
   )`,
);
// The first of each lane; and everything once no order is kept any more.
const RELEASE = statement(
  'channels.release-deliveries',
  `update channels.webhook_deliveries d set next_attempt_at = $3 where d.workspace_id = $1 and d.webhook_id = $2 and d.status = 'pending' and d.next_attempt_at is null and not exists (
     select 1 from channels.webhook_deliveries e where e.webhook_id = $2 and e.lane = d.lane and e.status = 'pending' and e.event_position < d.event_position
   )`,
);
const CLEAR_ORDERING = statement(
  'channels.drop-lanes',
  `update channels.webhook_deliveries set lane = null where workspace_id = $1 and webhook_id = $2 and status = 'pending' and lane is not null`,
);
const SAVE_BODY = statement(
  'channels.keep-delivery-body',
  `update channels.webhook_deliveries set body = $3 where workspace_id = $1 and id = $2 and body is null`,
);

/** What is due at `channels.webhook_deliveries`. All but queueing needs the lock on the webhook. */
@Injectable()
export class DeliveryQueueRepository {
  constructor(private readonly database: Database) {}

  /** Webhooks that are switched on, were so at that time, and subscribe to one of these. */
  listSubscribed(workspaceId: string, subscriptions: readonly string[], at: string): Promise<WebhookSubscription[]> {
    return this.database.rows<WebhookSubscription & Record<string, unknown>>(LIST_SUBSCRIBED, [
      workspaceId,
      subscriptions,
      at,
    ]);
  }

  /** Adds deliveries; one that there is already stays as it is. */
  async enqueue(workspaceId: string, deliveries: readonly NewDeliveryRow[], now: string): Promise<void> {
    await this.database.execute(ENQUEUE, toColumns(workspaceId, deliveries, now));
  }

  /** Adds deliveries, and has those that are over begin again with the body they had. Gives how many that are. */
  requeue(workspaceId: string, deliveries: readonly NewDeliveryRow[], now: string): Promise<number> {
    return this.database.execute(REQUEUE, toColumns(workspaceId, deliveries, now));
  }

  /** Takes up to `limit` deliveries that are due and not held up by an earlier one; they are this caller's until `leaseEnd`. */
  async claim(
    workspaceId: string,
    webhookId: string,
    now: string,
    leaseEnd: string,
    limit: number,
  ): Promise<ClaimedDelivery[]> {
    while ((await this.database.execute(DEFER_BLOCKED, [workspaceId, webhookId, now])) > 0);
    return this.database.rows<ClaimedDelivery & Record<string, unknown>>(CLAIM, [
      workspaceId,
      webhookId,
      now,
      leaseEnd,
      limit,
    ]);
  }

  /** How many deliveries are being attempted, and when the first of them counts as abandoned. */
  async countLeased(
    workspaceId: string,
    webhookId: string,
    now: string,
  ): Promise<{ count: number; until: string | null }> {
    return (await this.database.row<{ count: number; until: string | null }>(COUNT_LEASED, [
      workspaceId,
      webhookId,
      now,
    ]))!;
  }

  /** When the next delivery is due; null when none is waiting for its time. */
  async findNextDue(workspaceId: string, webhookId: string): Promise<string | null> {
    return (await this.database.row<{ due: string | null }>(FIND_NEXT_DUE, [workspaceId, webhookId]))?.due ?? null;
  }

  /** Lets the next delivery of a lane go, now that the one before it is over. */
  async promote(workspaceId: string, webhookId: string, orderingKey: string, now: string): Promise<void> {
    await this.database.execute(PROMOTE, [workspaceId, webhookId, orderingKey, now]);
  }

  /** Lets go whatever nothing holds up. */
  async release(workspaceId: string, webhookId: string, now: string): Promise<void> {
    await this.database.execute(RELEASE, [workspaceId, webhookId, now]);
  }

  /** Forgets the order among what is pending. */
  async clearOrdering(workspaceId: string, webhookId: string): Promise<void> {
    await this.database.execute(CLEAR_ORDERING, [workspaceId, webhookId]);
  }

  /** Keeps the body that every attempt sends. */
  async saveBody(workspaceId: string, id: string, body: string): Promise<void> {
    await this.database.execute(SAVE_BODY, [workspaceId, id, body]);
  }
}

function toColumns(workspaceId: string, deliveries: readonly NewDeliveryRow[], now: string): unknown[] {
  const column = <Field extends keyof NewDeliveryRow>(field: Field): NewDeliveryRow[Field][] =>
    deliveries.map((delivery) => delivery[field]);
  return [
    workspaceId,
    deliveries.map(() => newId()),
    column('webhookId'),
    column('eventId'),
    column('eventPosition'),
    column('eventType'),
    column('orderingKey'),
    now,
  ];
}
