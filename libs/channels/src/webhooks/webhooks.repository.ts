import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { columnsOf, createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import type { EndpointHealth } from './delivery-schedule.js';
import type { SealedSecret } from './webhook-secret.js';
import { WebhookEntity } from './webhook.entity.js';
import type { WebhookSettings, WebhookView } from './webhook.view.js';

const FIELDS = [
  'id',
  'url',
  'events',
  'filter',
  'description',
  'ordering',
  'enabled',
  'disabledReason',
  'disabledAt',
  'consecutiveFailures',
  'failingSince',
  'pausedUntil',
  'version',
  'createdAt',
  'updatedAt',
] as const;

type WebhookRow = Pick<WebhookEntity, (typeof FIELDS)[number]>;

const COLUMNS = columnsOf(WebhookEntity, 'w', FIELDS);

const FIND = statement(
  'channels.find-webhook',
  `select ${COLUMNS} from channels.webhooks w where w.workspace_id = $1 and w.id = $2`,
);
const LIST_WITH_FILTER = statement(
  'channels.list-webhooks-with-filter',
  `select ${COLUMNS} from channels.webhooks w where w.workspace_id = $1 and w.filter is not null order by w.url, w.id`,
);
// Not "for update", because inserts of deliveries reference the row concurrently.
const LOCK = statement(
  'channels.lock-webhook',
  `select ${COLUMNS} from channels.webhooks w where w.workspace_id = $1 and w.id = $2 for no key update`,
);
const LOCK_WITH_SECRETS = statement(
  'channels.lock-webhook-with-secrets',
  `select ${COLUMNS}, w.secrets from channels.webhooks w where w.workspace_id = $1 and w.id = $2 for no key update`,
);
const UPDATE = statement(
  'channels.update-webhook',
  `update channels.webhooks w set url = $3, events = $4, filter = $5, description = $6, ordering = $7, enabled = $8,
    listening_since = case when enabled then listening_since else $9 end, version = version + 1, updated_at = $9
   where w.workspace_id = $1 and w.id = $2 returning ${COLUMNS}`,
);
const LIST_SECRETS = statement(
  'channels.list-webhook-secrets',
  `select secrets from channels.webhooks where workspace_id = $1 and id = $2`,
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
  return pick(row, FIELDS);
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
    { url, events, filter, description, ordering, enabled }: WebhookSettings,
    secrets: readonly SealedSecret[],
    now: string,
  ): Promise<WebhookView> {
    const settings = { url, events, filter, description, ordering, enabled };
    const times = { listeningSince: now, createdAt: now, updatedAt: now };
    await this.database.repository(WebhookEntity).insert({ workspaceId, id, ...settings, secrets, ...times });
    return (await this.find(workspaceId, id))!;
  }

  async find(workspaceId: string, id: string): Promise<WebhookView | null> {
    const row = await this.database.row<WebhookRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** All webhooks with a filter, sorted by URL. */
  async listWithFilter(workspaceId: string): Promise<WebhookView[]> {
    return (await this.database.rows<WebhookRow>(LIST_WITH_FILTER, [workspaceId])).map(toView);
  }

  /** The webhook, locked until the transaction ends. Decisions about its deliveries require this lock. */
  async lock(workspaceId: string, id: string): Promise<WebhookView | null> {
    const row = await this.database.row<WebhookRow>(LOCK, [workspaceId, id]);
    return row && toView(row);
  }

  /** Like {@link lock}, with the encrypted secrets, newest first. */
  async lockWithSecrets(
    workspaceId: string,
    id: string,
  ): Promise<{ webhook: WebhookView; secrets: readonly SealedSecret[] } | null> {
    const row = await this.database.row<WebhookRow & Pick<WebhookEntity, 'secrets'>>(LOCK_WITH_SECRETS, [
      workspaceId,
      id,
    ]);
    return row && { webhook: toView(row), secrets: row.secrets };
  }

  async update(
    workspaceId: string,
    id: string,
    { url, events, filter, description, ordering, enabled }: WebhookSettings,
    now: string,
  ): Promise<WebhookView> {
    const filterJson = filter && JSON.stringify(filter);
    const values = [workspaceId, id, url, events, filterJson, description, ordering, enabled, now];
    return toView((await this.database.row<WebhookRow>(UPDATE, values))!);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(WebhookEntity).delete({ workspaceId, id });
  }

  count(workspaceId: string): Promise<number> {
    return this.database.repository(WebhookEntity).countBy({ workspaceId });
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
  async listSecrets(workspaceId: string, id: string): Promise<readonly SealedSecret[]> {
    return (await this.database.row<Pick<WebhookEntity, 'secrets'>>(LIST_SECRETS, [workspaceId, id]))?.secrets ?? [];
  }

  async setSecrets(
    workspaceId: string,
    id: string,
    secrets: readonly SealedSecret[],
    now: string,
  ): Promise<WebhookView> {
    await this.database.repository(WebhookEntity).update({ workspaceId, id }, { secrets, updatedAt: now });
    return (await this.find(workspaceId, id))!;
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
