import { Injectable } from '@nestjs/common';
import { newId } from '@parley/kernel';
import { Database, shortRead, statement } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import type { ClaimedDelivery } from './delivery.view.js';
import type { WebhookOrdering } from './webhook.view.js';

/** The part of a webhook that selects events. */
export interface WebhookSubscription {
  readonly id: string;
  /** Event types and groups. */
  readonly events: readonly string[];
  readonly filter: FilterNode | null;
  readonly ordering: WebhookOrdering;
}

/** A subscription of an enabled webhook. */
export interface ListeningSubscription extends WebhookSubscription {
  /** Earlier events are not delivered. */
  readonly listeningSince: string;
}

/** A delivery to insert. */
export interface NewDeliveryRow {
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventPosition: number;
  readonly eventType: string;
  readonly orderingKey: string | null;
}

const LIST_SUBSCRIPTIONS = shortRead(
  'channels.list-webhook-subscriptions',
  `select id, events, filter, ordering, listening_since as "listeningSince" from channels.webhooks
    where workspace_id = $1 and enabled order by id`,
);
// Skips a webhook that is being deleted.
const INSERT = `insert into channels.webhook_deliveries as d (id, workspace_id, webhook_id, event_id, event_position,
  event_type, lane, status, next_attempt_at, created_at)
   select n.id, $1, n.webhook_id, n.event_id, n.event_position, n.event_type, n.lane, 'pending', $8, $8
   from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::uuid[]) as n (id, webhook_id,
     event_id, event_position, event_type, lane)
   join channels.webhooks w on w.id = n.webhook_id for key share of w`;
const ENQUEUE = statement('channels.enqueue-deliveries', `${INSERT} on conflict (webhook_id, event_id) do nothing`);
const REQUEUE = statement(
  'channels.requeue-deliveries',
  `${INSERT} on conflict (webhook_id, event_id) do update set status = 'pending', lane = excluded.lane,
    round_attempts = 0, next_attempt_at = excluded.next_attempt_at, completed_at = null
   where d.status <> 'pending'`,
);
// A delivery that waits for an earlier one of its lane loses its due time, so that it is checked only once.
const DEFER_BLOCKED = statement(
  'channels.defer-blocked-deliveries',
  `update channels.webhook_deliveries d set next_attempt_at = null
   where d.lane is not null and d.id in (
     select id from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2 and status = 'pending'
       and next_attempt_at <= $3 order by next_attempt_at, event_position limit 200
   ) and exists (
     select 1 from channels.webhook_deliveries e where e.webhook_id = $2 and e.lane = d.lane and e.status = 'pending'
       and e.event_position < d.event_position
   )`,
);
const CLAIM = statement(
  'channels.claim-deliveries',
  `update channels.webhook_deliveries d set next_attempt_at = $4, leased_until = $4
   from (
     select id from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2 and status = 'pending'
       and next_attempt_at <= $3 order by next_attempt_at, event_position limit $5
   ) due
   where d.id = due.id
   returning d.id, d.event_id as "eventId", d.event_position as "eventPosition", d.event_type as "eventType", d.body,
     d.lane as "orderingKey", d.round_attempts as "roundAttempts"`,
);
const COUNT_LEASED = statement(
  'channels.count-leased-deliveries',
  `select count(*) as count, min(leased_until) as "until" from channels.webhook_deliveries
    where workspace_id = $1 and webhook_id = $2 and leased_until > $3`,
);
const FIND_NEXT_DUE = statement(
  'channels.find-next-due-delivery',
  `select min(next_attempt_at) as due from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2
    and status = 'pending'`,
);
const PROMOTE = statement(
  'channels.promote-delivery',
  `update channels.webhook_deliveries set next_attempt_at = coalesce(next_attempt_at, $4) where id = (
     select id from channels.webhook_deliveries where workspace_id = $1 and webhook_id = $2 and lane = $3
       and status = 'pending' order by event_position limit 1
   )`,
);
// Releases the first delivery of each lane, and all deliveries without a lane.
const RELEASE = statement(
  'channels.release-deliveries',
  `update channels.webhook_deliveries d set next_attempt_at = $3 where d.workspace_id = $1 and d.webhook_id = $2
    and d.status = 'pending' and d.next_attempt_at is null and not exists (
     select 1 from channels.webhook_deliveries e where e.webhook_id = $2 and e.lane = d.lane and e.status = 'pending'
       and e.event_position < d.event_position
   )`,
);
const CLEAR_ORDERING = statement(
  'channels.clear-delivery-ordering',
  `update channels.webhook_deliveries set lane = null where workspace_id = $1 and webhook_id = $2
    and status = 'pending' and lane is not null`,
);
const SAVE_BODY = statement(
  'channels.save-delivery-body',
  `update channels.webhook_deliveries set body = $3 where workspace_id = $1 and id = $2 and body is null`,
);

/** The delivery queue. All methods except `listSubscriptions`, `enqueue` and `requeue` require the lock on the webhook. */
@Injectable()
export class DeliveryQueueRepository {
  constructor(private readonly database: Database) {}

  /** Subscriptions of the enabled webhooks. */
  listSubscriptions(workspaceId: string): Promise<ListeningSubscription[]> {
    return this.database.rows<ListeningSubscription & Record<string, unknown>>(LIST_SUBSCRIPTIONS, [workspaceId]);
  }

  /** Adds deliveries; existing ones stay unchanged. */
  async enqueue(workspaceId: string, deliveries: readonly NewDeliveryRow[], now: string): Promise<void> {
    await this.database.execute(ENQUEUE, toColumns(workspaceId, deliveries, now));
  }

  /**
   * Adds deliveries and restarts completed ones with their existing body. Returns the number of affected deliveries.
   */
  requeue(workspaceId: string, deliveries: readonly NewDeliveryRow[], now: string): Promise<number> {
    return this.database.execute(REQUEUE, toColumns(workspaceId, deliveries, now));
  }

  /** Claims up to `limit` due deliveries that do not wait for an earlier one, with a lease until `leaseEnd`. */
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

  /** Number of deliveries that are being attempted, and the end of the first lease. */
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

  /** Time of the next due delivery; null if there is none. */
  async findNextDue(workspaceId: string, webhookId: string): Promise<string | null> {
    return (await this.database.row<{ due: string | null }>(FIND_NEXT_DUE, [workspaceId, webhookId]))?.due ?? null;
  }

  /** Makes the next delivery of a lane due after the previous one is completed. */
  async promote(workspaceId: string, webhookId: string, orderingKey: string, now: string): Promise<void> {
    await this.database.execute(PROMOTE, [workspaceId, webhookId, orderingKey, now]);
  }

  /** Makes all deliveries due that do not wait for an earlier one. */
  async release(workspaceId: string, webhookId: string, now: string): Promise<void> {
    await this.database.execute(RELEASE, [workspaceId, webhookId, now]);
  }

  /** Removes the ordering of pending deliveries. */
  async clearOrdering(workspaceId: string, webhookId: string): Promise<void> {
    await this.database.execute(CLEAR_ORDERING, [workspaceId, webhookId]);
  }

  /** Stores the body for all attempts. */
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
