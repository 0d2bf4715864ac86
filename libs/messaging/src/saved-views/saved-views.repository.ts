import { Injectable } from '@nestjs/common';
import { Database, ListReader, statement, type OrderKey, type Page, type PageRequest } from '@parley/kernel';
import type { ConversationOrder } from '../conversations/conversations-filter.js';
import { visibleSql, type Viewer, type Visibility } from '../sharing/audience.js';
import type { SavedView, SavedViewFields, SavedViewsFilter, ViewResource } from './saved-view.view.js';

interface SavedViewRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly visibility: Visibility;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly owner_id: string | null;
  readonly resource: ViewResource;
  readonly name: string;
  readonly description: string | null;
  readonly filter: unknown;
  readonly order_by: ConversationOrder;
  readonly order_dir: 'asc' | 'desc';
  readonly columns: string[];
  readonly position: number;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const COLUMNS =
  'v.id, v.visibility, v.team_id, t.name as team_name, v.owner_id, v.resource, v.name, v.description, v.filter, v.order_by, v.order_dir, v.columns, v.position, v.version, v.created_at, v.updated_at';
const FROM = 'messaging.saved_views v left join teams.team_cards t on t.id = v.team_id';
const SEEN = `v.workspace_id = $1 and ${visibleSql('v', '$2', '$3')}`;
const ORDER: readonly OrderKey[] = [{ sql: 'v.position', type: 'int' }, { sql: 'v.id', type: 'uuid' }];

const FIND = statement('messaging.find-saved-view', `select ${COLUMNS} from ${FROM} where ${SEEN} and v.id = $4`);
const LOCK = statement('messaging.lock-saved-view', `select ${COLUMNS} from ${FROM} where ${SEEN} and v.id = $4 for update of v`);
const FIRST = statement('messaging.first-saved-views', `select ${COLUMNS} from ${FROM} where ${SEEN} order by v.position, v.id limit $4`);
const ADD = statement(
  'messaging.add-saved-view',
  `insert into messaging.saved_views (id, workspace_id, owner_id, visibility, team_id, resource, name, description, filter, order_by, order_dir, columns, position)
   values ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, least(1000000, coalesce($13::int, (select max(position) + 1 from messaging.saved_views where workspace_id = $1), 0)))`,
);
const UPDATE = statement(
  'messaging.update-saved-view',
  `update messaging.saved_views set owner_id = $3, visibility = $4, team_id = $5, resource = $6, name = $7, description = $8, filter = $9, order_by = $10, order_dir = $11, columns = $12, position = $13,
     version = version + 1, updated_at = now() where workspace_id = $1 and id = $2`,
);
const DELETE = statement('messaging.delete-saved-view', 'delete from messaging.saved_views where workspace_id = $1 and id = $2');

function toView(row: SavedViewRow): SavedView {
  return {
    id: row.id, visibility: row.visibility, teamId: row.team_id, team: row.team_id === null ? null : { id: row.team_id, name: row.team_name }, ownerId: row.owner_id, resource: row.resource,
    name: row.name, description: row.description, filter: row.filter, orderBy: row.order_by, orderDir: row.order_dir, columns: row.columns, position: row.position, version: row.version,
    createdAt: row.created_at, updatedAt: row.updated_at,
  };
}

type Written = Omit<SavedViewFields, 'position'> & { readonly position: number | null };

function valuesOf(workspaceId: string, id: string, ownerId: string | null, fields: Written): unknown[] {
  const { visibility, teamId, resource, name, description, filter, orderBy, orderDir, columns, position } = fields;
  return [workspaceId, id, ownerId, visibility, teamId, resource, name, description, JSON.stringify(filter), orderBy, orderDir, columns, position];
}

/** Rows of `messaging.saved_views`. */
@Injectable()
export class SavedViewsRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, viewer: Viewer, id: string): Promise<SavedView | null> {
    const row = await this.database.row<SavedViewRow>(FIND, [workspaceId, viewer.userId, viewer.seesTeams, id]);
    return row && toView(row);
  }

  /** The view, locked until the transaction ends. */
  async lock(workspaceId: string, viewer: Viewer, id: string): Promise<SavedView | null> {
    const row = await this.database.row<SavedViewRow>(LOCK, [workspaceId, viewer.userId, viewer.seesTeams, id]);
    return row && toView(row);
  }

  /** So many of those that the viewer sees, in their order. */
  async first(workspaceId: string, viewer: Viewer, limit: number): Promise<SavedView[]> {
    return (await this.database.rows<SavedViewRow>(FIRST, [workspaceId, viewer.userId, viewer.seesTeams, limit])).map(toView);
  }

  /** Without a position it comes last. */
  async add(workspaceId: string, id: string, ownerId: string | null, fields: Written): Promise<void> {
    await this.database.execute(ADD, valuesOf(workspaceId, id, ownerId, fields));
  }

  async update(workspaceId: string, id: string, ownerId: string | null, fields: SavedViewFields): Promise<void> {
    await this.database.execute(UPDATE, valuesOf(workspaceId, id, ownerId, fields));
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  list(workspaceId: string, viewer: Viewer, filter: SavedViewsFilter, request: PageRequest): Promise<Page<SavedView>> {
    const values: unknown[] = [workspaceId, viewer.userId, viewer.seesTeams];
    const where = [SEEN];
    if (filter.visibility) where.push(`v.visibility = any($${values.push(filter.visibility)})`);
    if (filter.resource) where.push(`v.resource = $${values.push(filter.resource)}`);
    return this.lists.read<SavedViewRow, SavedView>(
      { domain: 'messaging.list-saved-views', select: COLUMNS, from: FROM, countFrom: 'messaging.saved_views v', where, values, request, order: ORDER },
      toView,
    );
  }
}
