import { Injectable } from '@nestjs/common';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type OrderKey, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { ConversationOrder } from '../conversations/conversations-filter.js';
import type { Viewer } from '../visibility/visibility.js';
import {
  viewerParameters,
  toSharedView,
  SharedRepository,
  defineSharedTable,
  type SharedRow,
} from '../visibility/shared.repository.js';
import type { SavedView, SavedViewInput, SavedViewsFilter, SavedViewResource } from './saved-view.view.js';

interface SavedViewRow extends SharedRow {
  readonly resource: SavedViewResource;
  readonly name: string;
  readonly description: string | null;
  readonly filter: unknown;
  readonly order_by: ConversationOrder;
  readonly order_dir: 'asc' | 'desc';
  readonly columns: string[];
  readonly position: number;
}

const TABLE = defineSharedTable(
  'messaging.saved_views',
  'saved-view',
  's.resource, s.name, s.description, s.filter, s.order_by, s.order_dir, s.columns, s.position',
);
const ORDER: readonly OrderKey[] = [
  { sql: 's.position', type: 'int' },
  { sql: 's.id', type: 'uuid' },
];

const LIST_FIRST = statement(
  'messaging.list-first-saved-views',
  `select ${TABLE.select} from ${TABLE.from} where ${TABLE.visible} order by s.position, s.id limit $4`,
);
const ADD = statement(
  'messaging.add-saved-view',
  `insert into messaging.saved_views (id, workspace_id, owner_id, visibility, team_id, resource, name, description,
    filter, order_by, order_dir, columns, position)
   values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
     least(1000000, coalesce($13::int, (select max(position) + 1 from messaging.saved_views where workspace_id = $1),
     0)))`,
);
const UPDATE = statement(
  'messaging.update-saved-view',
  `update messaging.saved_views set owner_id = $3, visibility = $4, team_id = $5, resource = $6, name = $7,
    description = $8, filter = $9, order_by = $10, order_dir = $11, columns = $12, position = $13,
     version = version + 1, updated_at = now() where workspace_id = $1 and id = $2`,
);

function toView(row: SavedViewRow): SavedView {
  return {
    ...toSharedView(row),
    resource: row.resource,
    name: row.name,
    description: row.description,
    filter: row.filter,
    orderBy: row.order_by,
    orderDir: row.order_dir,
    columns: row.columns,
    position: row.position,
  };
}

type SavedViewValues = Omit<SavedViewInput, 'position'> & { readonly position: number | null };

function toParameters(workspaceId: string, id: string, ownerId: string | null, fields: SavedViewValues): unknown[] {
  const { visibility, teamId, resource, name, description, filter, orderBy, orderDir, columns, position } = fields;
  return [
    workspaceId,
    id,
    ownerId,
    visibility,
    teamId,
    resource,
    name,
    description,
    JSON.stringify(filter),
    orderBy,
    orderDir,
    columns,
    position,
  ];
}

/** Rows of `messaging.saved_views`. */
@Injectable()
export class SavedViewsRepository extends SharedRepository<SavedViewRow, SavedView> {
  constructor(database: Database, lists: ListReader) {
    super(database, lists, TABLE, toView);
  }

  /** Returns the first `limit` views that the viewer can use, in their order. */
  async listFirst(workspaceId: string, viewer: Viewer, limit: number): Promise<SavedView[]> {
    return (await this.database.rows<SavedViewRow>(LIST_FIRST, [...viewerParameters(workspaceId, viewer), limit])).map(
      toView,
    );
  }

  /** Adds the view last if `position` is null. */
  async add(workspaceId: string, id: string, ownerId: string | null, fields: SavedViewValues): Promise<void> {
    await this.database.execute(ADD, toParameters(workspaceId, id, ownerId, fields));
  }

  async update(workspaceId: string, id: string, ownerId: string | null, fields: SavedViewInput): Promise<void> {
    await this.database.execute(UPDATE, toParameters(workspaceId, id, ownerId, fields));
  }

  list(workspaceId: string, viewer: Viewer, filter: SavedViewsFilter, request: PageRequest): Promise<Page<SavedView>> {
    const values = viewerParameters(workspaceId, viewer);
    const bind = createBinder(values);
    const where = timeConditions(filter, 's', bind);
    if (filter.visibility) where.push(`s.visibility = any(${bind(filter.visibility)})`);
    if (filter.resource) where.push(`s.resource = ${bind(filter.resource)}`);
    return this.page({ where, values, order: ORDER, request });
  }
}
