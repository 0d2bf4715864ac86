import { Injectable } from '@nestjs/common';
import { pick } from 'es-toolkit';
import { createBinder, Database, escapeLike, statement } from '@parley/kernel/database';
import {
  nameKey,
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
import { CannedResponseEntity } from './canned-response.entity.js';
import type { CannedResponseInput, CannedResponsesFilter, CannedResponseView } from './canned-response.view.js';

const FIELDS = ['shortcut', 'content', 'contentType', 'attachmentIds', 'usageCount', 'lastUsedAt'] as const;

type CannedResponseRow = SharedRow & Pick<CannedResponseEntity, (typeof FIELDS)[number]>;

const TABLE = defineSharedTable(CannedResponseEntity, 'messaging.canned_responses', 'canned-response', FIELDS);
const INCREMENT_USAGE = statement(
  'messaging.increment-canned-response-usage',
  `update messaging.canned_responses set usage_count = usage_count + 1, last_used_at = $3
    where workspace_id = $1 and id = $2`,
);

function toView(row: CannedResponseRow): CannedResponseView {
  return { ...toSharedView(row), ...pick(row, FIELDS) };
}

const INPUT_FIELDS = ['visibility', 'teamId', 'shortcut', 'content', 'contentType', 'attachmentIds'] as const;

/** Rows of `messaging.canned_responses`. */
@Injectable()
export class CannedResponsesRepository extends SharedRepository<CannedResponseRow, CannedResponseView> {
  constructor(database: Database, lists: ListReader) {
    super(database, lists, TABLE, toView);
  }

  async add(workspaceId: string, id: string, ownerId: string | null, fields: CannedResponseInput): Promise<void> {
    await this.database
      .repository(CannedResponseEntity)
      .insert({ workspaceId, id, ownerId, ...pick(fields, INPUT_FIELDS) });
  }

  async update(workspaceId: string, id: string, ownerId: string | null, fields: CannedResponseInput): Promise<void> {
    await this.database
      .repository(CannedResponseEntity)
      .update({ workspaceId, id }, { ownerId, ...pick(fields, INPUT_FIELDS) });
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
    const order: OrderKey[] = [nameKey('s.shortcut'), { sql: 's.id', type: 'uuid' }];
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
