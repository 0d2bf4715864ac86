import { Injectable } from '@nestjs/common';
import { newId } from '@parley/kernel';
import { Database, statement } from '@parley/kernel/database';
import { ListReader, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { AttemptView, DeliveryStatus, DeliveryView } from './delivery.view.js';

interface DeliveryRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly webhook_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly status: DeliveryStatus;
  readonly body: string | null;
  readonly attempt_count: number;
  readonly next_attempt_at: string | null;
  readonly created_at: string;
  readonly completed_at: string | null;
  readonly attempts: readonly AttemptView[];
}

export interface DeliveriesFilter {
  readonly statuses?: readonly string[];
  readonly types?: readonly string[];
  readonly eventId?: string;
  readonly createdAfter?: string;
  readonly createdBefore?: string;
  /** True to leave out deliveries of security events. */
  readonly excludesSecurity?: boolean;
}

/** An attempt and the state of its delivery afterwards. */
export interface RecordedAttempt {
  readonly deliveryId: string;
  readonly attempt: Omit<AttemptView, 'number'>;
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: string | null;
  readonly completedAt: string | null;
}

const MAX_ATTEMPTS_SHOWN = 20;
const COLUMNS = `d.id, d.webhook_id, d.event_id, d.event_type, d.status, d.body, d.attempt_count, d.next_attempt_at,
  d.created_at, d.completed_at,
  coalesce((select json_agg(json_build_object('number', a.number, 'url', a.url, 'requestHeaders', a.request_headers,
    'responseStatus', a.response_status,
      'responseHeaders', a.response_headers, 'responseBody', a.response_body, 'latencyMs', a.latency_ms, 'error',
        a.error, 'startedAt', a.started_at) order by a.number)
    from (select * from channels.webhook_attempts where delivery_id = d.id
      order by number desc limit ${MAX_ATTEMPTS_SHOWN}) a), '[]') as attempts`;

const FIND = statement(
  'channels.find-delivery',
  `select ${COLUMNS} from channels.webhook_deliveries d where d.workspace_id = $1 and d.webhook_id = $2 and d.id = $3`,
);
const RECORD_ATTEMPTS = statement(
  'channels.record-delivery-attempts',
  `with attempts as materialized (
     select * from jsonb_to_recordset($2) as a (id uuid, "deliveryId" uuid, status text, "nextAttemptAt" timestamptz,
       "completedAt" timestamptz, url text, "requestHeaders" jsonb, "responseStatus" int, "responseHeaders" jsonb,
       "responseBody" text, "latencyMs" int, error text, "startedAt" timestamptz)
   ), deliveries as (
     update channels.webhook_deliveries d set status = a.status, next_attempt_at = a."nextAttemptAt",
       completed_at = a."completedAt", leased_until = null, attempt_count = d.attempt_count + 1,
       round_attempts = d.round_attempts + 1
     from attempts a where d.workspace_id = $1 and d.id = any(array(select "deliveryId" from attempts))
       and d.id = a."deliveryId" returning a.*, d.attempt_count
   )
   insert into channels.webhook_attempts (id, workspace_id, delivery_id, number, url, request_headers,
     response_status, response_headers, response_body, latency_ms, error, started_at)
   select id, $1, "deliveryId", attempt_count, url, "requestHeaders", "responseStatus", "responseHeaders",
     "responseBody", "latencyMs", error, "startedAt" from deliveries`,
);
const ADD_TEST = statement(
  'channels.add-test-delivery',
  `insert into channels.webhook_deliveries (id, workspace_id, webhook_id, event_id, event_position, event_type,
    status, body, created_at)
   values ($2, $1, $3, $4, 0, $5, 'failed', $6, $7)`,
);
const REDELIVER = statement(
  'channels.restart-delivery',
  `update channels.webhook_deliveries set lane = case when status = 'pending'
    and next_attempt_at is not null then lane end, status = 'pending', round_attempts = 0,
     next_attempt_at = $4, completed_at = null
   where workspace_id = $1 and webhook_id = $2 and id = $3 and (leased_until is null or leased_until <= $4)`,
);
const PRUNE = statement(
  'channels.prune-deliveries',
  `delete from channels.webhook_deliveries where id in (
     select d.id from channels.webhook_deliveries d where d.created_at < $1
       and (d.status <> 'pending' or not (select w.enabled from channels.webhooks w where w.id = d.webhook_id))
         order by d.created_at limit $2
   )`,
);
// The body of a pending delivery is built again from the remaining data.
const ERASE_BODIES = statement(
  'channels.erase-delivery-bodies',
  `with deliveries as (
     update channels.webhook_deliveries d set body = null where d.workspace_id = $1 and d.webhook_id in (select w.id
       from channels.webhooks w where w.workspace_id = $1) and d.event_id = any($2) returning d.id
   ) update channels.webhook_attempts a set response_body = null, response_headers = '{}',
     error = case when a.error is null then null else 'erased' end from deliveries where a.delivery_id = deliveries.id`,
);

function toView(row: DeliveryRow): DeliveryView {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    eventType: row.event_type,
    status: row.status,
    body: row.body,
    attemptCount: row.attempt_count,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    completedAt: row.completed_at,
    attempts: row.attempts.map((attempt) => ({ ...attempt, startedAt: new Date(attempt.startedAt).toISOString() })),
  };
}

/** Deliveries and their attempts. */
@Injectable()
export class DeliveriesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, webhookId: string, id: string): Promise<DeliveryView | null> {
    const row = await this.database.row<DeliveryRow>(FIND, [workspaceId, webhookId, id]);
    return row && toView(row);
  }

  list(
    workspaceId: string,
    webhookId: string,
    filter: DeliveriesFilter,
    request: PageRequest,
  ): Promise<Page<DeliveryView>> {
    const values: unknown[] = [workspaceId, webhookId];
    const where = ['d.workspace_id = $1', 'd.webhook_id = $2'];
    if (filter.statuses) where.push(`d.status = any($${values.push(filter.statuses)})`);
    if (filter.types) where.push(`d.event_type = any($${values.push(filter.types)})`);
    if (filter.eventId) where.push(`d.event_id = $${values.push(filter.eventId)}`);
    if (filter.createdAfter) where.push(`d.created_at >= $${values.push(filter.createdAfter)}`);
    if (filter.createdBefore) where.push(`d.created_at < $${values.push(filter.createdBefore)}`);
    if (filter.excludesSecurity) where.push(`d.event_type not like 'security.%'`);
    const order = [
      { sql: 'd.created_at', type: 'timestamptz' },
      { sql: 'd.id', type: 'uuid' },
    ] as const;
    return this.lists.read<DeliveryRow, DeliveryView>(
      {
        domain: 'channels.list-deliveries',
        select: COLUMNS,
        from: 'channels.webhook_deliveries d',
        where,
        values,
        request,
        order,
      },
      toView,
    );
  }

  /** Stores attempts of different deliveries and updates these. */
  async recordAttempts(workspaceId: string, attempts: readonly RecordedAttempt[]): Promise<void> {
    const rows = attempts.map(({ attempt, ...delivery }) => ({ id: newId(), ...delivery, ...attempt }));
    await this.database.execute(RECORD_ATTEMPTS, [workspaceId, JSON.stringify(rows)]);
  }

  /** Adds a delivery that is attempted once, outside of the queue. */
  async addTest(
    workspaceId: string,
    id: string,
    webhookId: string,
    eventId: string,
    type: string,
    body: string,
    now: string,
  ): Promise<void> {
    await this.database.execute(ADD_TEST, [workspaceId, id, webhookId, eventId, type, body, now]);
  }

  /** Makes a delivery due immediately. Returns false while it is being attempted. */
  async redeliver(workspaceId: string, webhookId: string, id: string, now: string): Promise<boolean> {
    return (await this.database.execute(REDELIVER, [workspaceId, webhookId, id, now])) > 0;
  }

  /** Erases the request and response bodies of deliveries of these events. */
  async eraseBodies(workspaceId: string, eventIds: readonly string[]): Promise<void> {
    await this.database.execute(ERASE_BODIES, [workspaceId, eventIds]);
  }

  /** Deletes old deliveries, except pending ones of enabled webhooks. Returns the number of deleted deliveries. */
  prune(before: Date, limit: number): Promise<number> {
    return this.database.execute(PRUNE, [before, limit]);
  }
}
