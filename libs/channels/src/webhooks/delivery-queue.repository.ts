import { Injectable } from '@nestjs/common';
import { newId } from '@parley/kernel';
import { anyOf, Database, shortRead, statement } from '@parley/kernel/database';
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

/** Maximum number of due deliveries that one statement checks for earlier ones. */
const MAX_CHECKED = 50;

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
// A delivery that waits for an earlier one of its lane loses its due time, so that it is checked only once. The
// statements of the queue use scalar subqueries and arrays instead of joins: these use the indexes even while the
// statistics are out of date, as they are while a queue fills. They hide times and arrays from the planner, which would
// plan the statements each time.
const CLAIM = statement(
  'channels.claim-deliveries',
  `with due as materialized (
     select id, lane, next_attempt_at, event_position from channels.webhook_deliveries
     where workspace_id = $1 and webhook_id = $2 and status = 'pending' and next_attempt_at <= (select $3::timestamptz)
     order by next_attempt_at, event_position limit ${MAX_CHECKED}
   ), checked as materialized (
     select due.*, due.lane is not null and due.id <> (
       select e.id from channels.webhook_deliveries e
       where e.webhook_id = $2 and e.lane = due.lane and e.status = 'pending' order by e.event_position limit 1
     ) as is_blocked from due
   ), deferred as (
     update channels.webhook_deliveries d set next_attempt_at = null
     where d.id = any(array(select id from checked where is_blocked)) returning d.id
   ), claimed as (
     update channels.webhook_deliveries d set next_attempt_at = $4, leased_until = $4
     where d.id = any(array(
       select id from checked where not is_blocked order by next_attempt_at, event_position
       limit greatest(0, $5::int - (select count(*) from channels.webhook_deliveries
         where workspace_id = $1 and webhook_id = $2 and leased_until > (select $3::timestamptz)))
     )) returning d.*
   )
   select id, event_id as "eventId", event_position as "eventPosition", event_type as "eventType", body,
     lane as "orderingKey", round_attempts as "roundAttempts", false as "isDeferred" from claimed
   union all select id, null, null, null, null, null, null, true from deferred`,
);
// The end of the first lease counts if no more requests are allowed. Each subquery reads one end of an index.
const FIND_NEXT_DUE = statement(
  'channels.find-next-due-delivery',
  `select case
     when (select count(*) from channels.webhook_deliveries
       where workspace_id = $1 and webhook_id = $2 and leased_until > (select $3::timestamptz)) >= $4::int
     then (select min(leased_until) from channels.webhook_deliveries
       where workspace_id = $1 and webhook_id = $2 and leased_until > (select $3::timestamptz))
     else (select min(next_attempt_at) from channels.webhook_deliveries
       where workspace_id = $1 and webhook_id = $2 and status = 'pending') end as due`,
);
const PROMOTE = statement(
  'channels.promote-deliveries',
  `update channels.webhook_deliveries d set next_attempt_at = coalesce(d.next_attempt_at, $4)
   where d.workspace_id = $1 and d.id = any(array(
     select (
       select e.id from channels.webhook_deliveries e
       where e.webhook_id = $2 and e.lane = l.lane and e.status = 'pending' order by e.event_position limit 1
     ) from unnest((select $3::uuid[])) as l (lane)
   ))`,
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
const SAVE_BODIES = statement(
  'channels.save-delivery-bodies',
  `update channels.webhook_deliveries d set body = ($3::text[])[array_position($2::uuid[], d.id)]
   where d.workspace_id = $1 and d.id = ${anyOf('$2', 'uuid')} and d.body is null`,
);

/** A row of the statement that claims deliveries. */
interface ClaimRow extends ClaimedDelivery, Record<string, unknown> {
  readonly isDeferred: boolean;
}

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

  /**
   * Claims due deliveries that do not wait for an earlier one, with a lease until `leaseEnd`, so that at most
   * `maxLeased` deliveries are leased.
   */
  async claim(
    workspaceId: string,
    webhookId: string,
    now: string,
    leaseEnd: string,
    maxLeased: number,
  ): Promise<ClaimedDelivery[]> {
    const claimed: ClaimedDelivery[] = [];
    for (;;) {
      const rows = await this.database.rows<ClaimRow>(CLAIM, [workspaceId, webhookId, now, leaseEnd, maxLeased]);
      claimed.push(...rows.filter(({ isDeferred }) => !isDeferred));
      // Deferred deliveries can have hidden others that are due.
      if (!rows.some(({ isDeferred }) => isDeferred) || claimed.length >= maxLeased) return claimed;
    }
  }

  /**
   * Time at which the next delivery can be sent if at most `maxLeased` (null: any number) are leased; null if there is
   * none.
   */
  async findNextDue(
    workspaceId: string,
    webhookId: string,
    now: string,
    maxLeased: number | null,
  ): Promise<string | null> {
    const row = await this.database.row<{ due: string | null }>(FIND_NEXT_DUE, [
      workspaceId,
      webhookId,
      now,
      maxLeased,
    ]);
    return row?.due ?? null;
  }

  /** Sets the due time of the next delivery of each lane. */
  async promote(workspaceId: string, webhookId: string, orderingKeys: readonly string[], now: string): Promise<void> {
    await this.database.execute(PROMOTE, [workspaceId, webhookId, orderingKeys, now]);
  }

  /** Makes all deliveries due that do not wait for an earlier one. */
  async release(workspaceId: string, webhookId: string, now: string): Promise<void> {
    await this.database.execute(RELEASE, [workspaceId, webhookId, now]);
  }

  /** Removes the ordering of pending deliveries. */
  async clearOrdering(workspaceId: string, webhookId: string): Promise<void> {
    await this.database.execute(CLEAR_ORDERING, [workspaceId, webhookId]);
  }

  /** Stores the bodies of deliveries for all their attempts. */
  async saveBodies(workspaceId: string, bodies: ReadonlyMap<string, string>): Promise<void> {
    await this.database.execute(SAVE_BODIES, [workspaceId, [...bodies.keys()], [...bodies.values()]]);
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
