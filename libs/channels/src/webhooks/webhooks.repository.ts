import { Injectable } from '@nestjs/common';
import { createBinder, Database, statement } from '@parley/kernel/database';
import type { FilterNode } from '@parley/kernel/filter';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { EndpointHealth } from './delivery-schedule.js';
import type { SealedSecret } from './webhook-secret.js';
import type { WebhookOrdering, WebhookSettings, WebhookView } from './webhook.view.js';

interface WebhookRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly url: string;
  readonly events: string[];
  readonly filter: FilterNode | null;
  readonly description: string | null;
  readonly ordering: WebhookOrdering;
  readonly enabled: boolean;
  readonly disabled_reason: WebhookView['disabledReason'];
  readonly disabled_at: string | null;
  readonly consecutive_failures: number;
  readonly failing_since: string | null;
  readonly paused_until: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS = `w.id, w.url, w.events, w.filter, w.description, w.ordering, w.enabled, w.disabled_reason,
  w.disabled_at, w.consecutive_failures, w.failing_since, w.paused_until,
  w.version, w.created_at, w.updated_at`;

const ADD = statement(
  'channels.add-webhook',
  `insert into channels.webhooks as w (id, workspace_id, url, events, filter, description, ordering, enabled,
    secrets, listening_since, created_at, updated_at)
   values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10) returning ${COLUMNS}`,
);
const FIND = statement(
  'channels.find-webhook',
  `select ${COLUMNS} from channels.webhooks w where w.workspace_id = $1 and w.id = $2`,
);
// Not "for update", because inserts of deliveries reference the row concurrently.
const LOCK = statement(
  'channels.lock-webhook',
  `select ${COLUMNS} from channels.webhooks w where w.workspace_id = $1 and w.id = $2 for no key update`,
);
const UPDATE = statement(
  'channels.update-webhook',
  `update channels.webhooks w set url = $3, events = $4, filter = $5, description = $6, ordering = $7, enabled = $8,
    listening_since = case when enabled then listening_since else $9 end, version = version + 1, updated_at = $9
   where w.workspace_id = $1 and w.id = $2 returning ${COLUMNS}`,
);
const DELETE = statement(
  'channels.delete-webhook',
  `delete from channels.webhooks where workspace_id = $1 and id = $2`,
);
const COUNT = statement(
  'channels.count-webhooks',
  `select count(*) as count from channels.webhooks where workspace_id = $1`,
);
const LIST_SECRETS = statement(
  'channels.list-webhook-secrets',
  `select secrets from channels.webhooks where workspace_id = $1 and id = $2`,
);
const SET_SECRETS = statement(
  'channels.set-webhook-secrets',
  `update channels.webhooks w set secrets = $3, version = version + 1, updated_at = $4
    where w.workspace_id = $1 and w.id = $2 returning ${COLUMNS}`,
);
const SET_HEALTH = statement(
  'channels.set-webhook-health',
  `update channels.webhooks set consecutive_failures = $3, failing_since = $4, paused_until = $5
    where workspace_id = $1 and id = $2`,
);
const MARK_DISABLED = statement(
  'channels.mark-webhook-disabled',
  `update channels.webhooks set enabled = enabled and $3::text is null, disabled_reason = $3, disabled_at = $4,
    version = version + 1, updated_at = $5 where workspace_id = $1 and id = $2`,
);

function toView(row: WebhookRow): WebhookView {
  return {
    id: row.id,
    url: row.url,
    events: row.events,
    filter: row.filter,
    description: row.description,
    ordering: row.ordering,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    disabledAt: row.disabled_at,
    consecutiveFailures: row.consecutive_failures,
    failingSince: row.failing_since,
    pausedUntil: row.paused_until,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toColumns({ url, events, filter, description, ordering, enabled }: WebhookSettings): unknown[] {
  return [url, events, filter && JSON.stringify(filter), description, ordering, enabled];
}

export interface WebhooksFilter extends TimeRange {
  readonly enabled?: boolean;
}

@Injectable()
export class WebhooksRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add(
    workspaceId: string,
    id: string,
    settings: WebhookSettings,
    secrets: readonly SealedSecret[],
    now: string,
  ): Promise<WebhookView> {
    return toView(
      (await this.database.row<WebhookRow>(ADD, [
        workspaceId,
        id,
        ...toColumns(settings),
        JSON.stringify(secrets),
        now,
      ]))!,
    );
  }

  async find(workspaceId: string, id: string): Promise<WebhookView | null> {
    const row = await this.database.row<WebhookRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** The webhook, locked until the transaction ends. Decisions about its deliveries require this lock. */
  async lock(workspaceId: string, id: string): Promise<WebhookView | null> {
    const row = await this.database.row<WebhookRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  async update(workspaceId: string, id: string, settings: WebhookSettings, now: string): Promise<WebhookView> {
    return toView((await this.database.row<WebhookRow>(UPDATE, [workspaceId, id, ...toColumns(settings), now]))!);
  }

  async delete(workspaceId: string, id: string): Promise<boolean> {
    return (await this.database.execute(DELETE, [workspaceId, id])) > 0;
  }

  async count(workspaceId: string): Promise<number> {
    return (await this.database.row<{ count: number }>(COUNT, [workspaceId]))!.count;
  }

  list(workspaceId: string, filter: WebhooksFilter, request: PageRequest): Promise<Page<WebhookView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = ['w.workspace_id = $1', ...timeConditions(filter, 'w', bind)];
    if (filter.enabled !== undefined) where.push(`w.enabled = ${bind(filter.enabled)}`);
    const order = [
      { sql: 'w.created_at', type: 'timestamptz' },
      { sql: 'w.id', type: 'uuid' },
    ] as const;
    return this.lists.read<WebhookRow, WebhookView>(
      { domain: 'channels.list-webhooks', select: COLUMNS, from: 'channels.webhooks w', where, values, request, order },
      toView,
    );
  }

  /** Encrypted secrets, newest first. */
  async listSecrets(workspaceId: string, id: string): Promise<SealedSecret[]> {
    return (await this.database.row<{ secrets: SealedSecret[] }>(LIST_SECRETS, [workspaceId, id]))?.secrets ?? [];
  }

  async setSecrets(
    workspaceId: string,
    id: string,
    secrets: readonly SealedSecret[],
    now: string,
  ): Promise<WebhookView> {
    return toView((await this.database.row<WebhookRow>(SET_SECRETS, [workspaceId, id, JSON.stringify(secrets), now]))!);
  }

  async setHealth(
    workspaceId: string,
    id: string,
    { consecutiveFailures, failingSince, pausedUntil }: EndpointHealth,
  ): Promise<void> {
    await this.database.execute(SET_HEALTH, [workspaceId, id, consecutiveFailures, failingSince, pausedUntil]);
  }

  /** Stores the reason why the system disabled the webhook. Null clears the reason and does not change `enabled`. */
  async markDisabled(
    workspaceId: string,
    id: string,
    reason: WebhookView['disabledReason'],
    now: string,
  ): Promise<void> {
    await this.database.execute(MARK_DISABLED, [workspaceId, id, reason, reason && now, now]);
  }
}
