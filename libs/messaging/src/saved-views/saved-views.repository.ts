import { Injectable } from '@nestjs/common';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type OrderKey, type Page, type PageRequest } from '@parley/kernel/pagination';
import type { ObjectLiteral } from 'typeorm';
import { pick } from 'es-toolkit';
import type { Viewer } from '../visibility/visibility.js';
import {
  viewerParameters,
  toSharedView,
  SharedRepository,
  defineSharedTable,
  type SharedRow,
} from '../visibility/shared.repository.js';
import { SavedViewEntity } from './saved-view.entity.js';
import type { SavedView, SavedViewInput, SavedViewsFilter } from './saved-view.view.js';

const MAX_POSITION = 1_000_000;

const FIELDS = ['resource', 'name', 'description', 'filter', 'orderBy', 'orderDir', 'columns', 'position'] as const;

type SavedViewRow = SharedRow & Pick<SavedViewEntity, (typeof FIELDS)[number]>;

const TABLE = defineSharedTable(SavedViewEntity, 'messaging.saved_views', 'saved-view', FIELDS);
const ORDER: readonly OrderKey[] = [
  { sql: 's.position', type: 'int' },
  { sql: 's.id', type: 'uuid' },
];

const LIST_FIRST = statement(
  'messaging.list-first-saved-views',
  `select ${TABLE.select} from ${TABLE.from} where ${TABLE.visible} order by s.position, s.id limit $4`,
);
const NEXT_POSITION = statement(
  'messaging.next-saved-view-position',
  'select coalesce(max(position) + 1, 0) as position from messaging.saved_views where workspace_id = $1',
);

function toView(row: SavedViewRow): SavedView {
  return { ...toSharedView(row), ...pick(row, FIELDS) };
}

/** TypeORM has no type for JSON with any content. */
function toColumns({ filter, ...fields }: SavedViewInput) {
  const { visibility, teamId, resource, name, description, orderBy, orderDir, columns, position } = fields;
  return {
    visibility,
    teamId,
    resource,
    name,
    description,
    filter: filter as ObjectLiteral,
    orderBy,
    orderDir,
    columns,
    position,
  };
}

type SavedViewValues = Omit<SavedViewInput, 'position'> & { readonly position: number | null };

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
    const position =
      fields.position ?? (await this.database.row<{ position: number }>(NEXT_POSITION, [workspaceId]))!.position;
    await this.database
      .repository(SavedViewEntity)
      .insert({ workspaceId, id, ownerId, ...toColumns({ ...fields, position: Math.min(MAX_POSITION, position) }) });
  }

  async update(workspaceId: string, id: string, ownerId: string | null, fields: SavedViewInput): Promise<void> {
    await this.database.repository(SavedViewEntity).update({ workspaceId, id }, { ownerId, ...toColumns(fields) });
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
