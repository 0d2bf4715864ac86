import { Injectable } from '@nestjs/common';
import { createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import {
  anyOfCondition,
  ListReader,
  timeConditions,
  type OrderKey,
  type Page,
  type PageRequest,
} from '@parley/kernel/pagination';
import type { Viewer } from '../visibility/visibility.js';
import {
  viewerParameters,
  toSharedView,
  SharedRepository,
  defineSharedTable,
  type SharedRow,
} from '../visibility/shared.repository.js';
import type { TemplateContentType } from '../templates/templates.js';
import type { CannedResponseInput, CannedResponsesFilter, CannedResponseView } from './canned-response.view.js';

interface CannedResponseRow extends SharedRow {
  readonly shortcut: string;
  readonly content: string;
  readonly content_type: TemplateContentType;
  readonly attachment_ids: string[];
  readonly usage_count: number;
  readonly last_used_at: string | null;
}

const TABLE = defineSharedTable(
  'messaging.canned_responses',
  'canned-response',
  's.shortcut, s.content, s.content_type, s.attachment_ids, s.usage_count, s.last_used_at',
);
const ADD = statement(
  'messaging.add-canned-response',
  `insert into messaging.canned_responses (id, workspace_id, owner_id, visibility, team_id, shortcut, content,
    content_type, attachment_ids) values ($2, $1, $3, $4, $5, $6, $7, $8, $9)`,
);
const UPDATE = statement(
  'messaging.update-canned-response',
  `update messaging.canned_responses set owner_id = $3, visibility = $4, team_id = $5, shortcut = $6, content = $7,
    content_type = $8, attachment_ids = $9, version = version + 1,
     updated_at = now() where workspace_id = $1 and id = $2`,
);
const INCREMENT_USAGE = statement(
  'messaging.increment-canned-response-usage',
  `update messaging.canned_responses set usage_count = usage_count + 1, last_used_at = $3
    where workspace_id = $1 and id = $2`,
);

function toView(row: CannedResponseRow): CannedResponseView {
  return {
    ...toSharedView(row),
    shortcut: row.shortcut,
    content: row.content,
    contentType: row.content_type,
    attachmentIds: row.attachment_ids,
    usageCount: row.usage_count,
    lastUsedAt: row.last_used_at,
  };
}

function toParameters(workspaceId: string, id: string, ownerId: string | null, fields: CannedResponseInput): unknown[] {
  const { visibility, teamId, shortcut, content, contentType, attachmentIds } = fields;
  return [workspaceId, id, ownerId, visibility, teamId, shortcut, content, contentType, attachmentIds];
}

/** Rows of `messaging.canned_responses`. */
@Injectable()
export class CannedResponsesRepository extends SharedRepository<CannedResponseRow, CannedResponseView> {
  constructor(database: Database, lists: ListReader) {
    super(database, lists, TABLE, toView);
  }

  async add(workspaceId: string, id: string, ownerId: string | null, fields: CannedResponseInput): Promise<void> {
    await this.database.execute(ADD, toParameters(workspaceId, id, ownerId, fields));
  }

  async update(workspaceId: string, id: string, ownerId: string | null, fields: CannedResponseInput): Promise<void> {
    await this.database.execute(UPDATE, toParameters(workspaceId, id, ownerId, fields));
  }

  async recordUsage(workspaceId: string, id: string, now: string): Promise<void> {
    await this.database.execute(INCREMENT_USAGE, [workspaceId, id, now]);
  }

  /**
   * Sorted by shortcut. With `q`, responses whose shortcut starts with it come first, then those whose shortcut
   * contains it, then those whose content contains it.
   */
  list(
    workspaceId: string,
    viewer: Viewer,
    filter: CannedResponsesFilter,
    request: PageRequest,
  ): Promise<Page<CannedResponseView>> {
    const values = viewerParameters(workspaceId, viewer);
    const bind = createBinder(values);
    const where = timeConditions(filter, 's', bind);
    const order: OrderKey[] = [
      { sql: 'lower(s.shortcut)', type: 'text' },
      { sql: 's.id', type: 'uuid' },
    ];
    if (filter.visibility) where.push(`s.visibility = any(${bind(filter.visibility)})`);
    if (filter.teams) where.push(anyOfCondition('s.team_id', filter.teams, bind));
    if (filter.q) {
      const like = escapeLike(filter.q);
      const [startsWith, contains] = [bind(`${like}%`), bind(`%${like}%`)];
      where.push(`(s.shortcut ilike ${contains} or s.content ilike ${contains})`);
      order.unshift({
        sql: `(case when s.shortcut ilike ${startsWith} then 0 when s.shortcut ilike ${contains} then 1 else 2 end)`,
        type: 'int',
      });
    }
    return this.page({ where, values, order, request });
  }
}
