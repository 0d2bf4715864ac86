import { statement, type Database, type Statement } from '@parley/kernel/database';
import type { ListQuery, ListReader, Page } from '@parley/kernel/pagination';
import { visibilityCondition, type SharedView, type Viewer, type Visibility } from './visibility.js';

/** Common columns of tables with visibility settings. */
export interface SharedRow {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly visibility: Visibility;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly owner_id: string | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/**
 * SQL of a table with visibility settings. Rows have the alias `s`; `$1` is the workspace, `$2` and `$3` are the
 * viewer.
 */
export interface SharedTable {
  readonly table: string;
  /** Columns of a row. */
  readonly select: string;
  /** The table joined with the teams of its rows. */
  readonly from: string;
  /** Condition on the rows that the viewer can access. */
  readonly visible: string;
  /** Prefix of the names of statements that list rows. */
  readonly listStatementName: string;
  readonly find: Statement;
  readonly lock: Statement;
  readonly delete: Statement;
}

/**
 * Defines the SQL of a table with visibility settings. `resource` is used in statement names; `columns` are those not
 * in {@link SharedRow}.
 */
export function defineSharedTable(table: string, resource: string, columns: string): SharedTable {
  const select = `s.id, s.visibility, s.team_id, t.name as team_name, s.owner_id, ${columns}, s.version, s.created_at,
    s.updated_at`;
  const from = `${table} s left join teams.team_cards t on t.id = s.team_id`;
  const visible = `s.workspace_id = $1 and ${visibilityCondition('s', '$2', '$3')}`;
  const find = `select ${select} from ${from} where ${visible} and s.id = $4`;
  return {
    table,
    select,
    from,
    visible,
    listStatementName: `messaging.list-${resource}s`,
    find: statement(`messaging.find-${resource}`, find),
    lock: statement(`messaging.lock-${resource}`, `${find} for update of s`),
    delete: statement(`messaging.delete-${resource}`, `delete from ${table} where workspace_id = $1 and id = $2`),
  };
}

/** Maps the common columns of a row. */
export function toSharedView(row: SharedRow): SharedView {
  return {
    id: row.id,
    visibility: row.visibility,
    teamId: row.team_id,
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name },
    ownerId: row.owner_id,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Returns the values of the first three parameters. */
export function viewerParameters(workspaceId: string, { userId, canSeeAllTeams }: Viewer): unknown[] {
  return [workspaceId, userId, canSeeAllTeams];
}

/** Rows of a table with visibility settings. Rows that the viewer cannot access are treated as missing. */
export abstract class SharedRepository<Row extends SharedRow, View> {
  protected constructor(
    protected readonly database: Database,
    private readonly lists: ListReader,
    private readonly table: SharedTable,
    private readonly toView: (row: Row) => View,
  ) {}

  async find(workspaceId: string, viewer: Viewer, id: string): Promise<View | null> {
    const row = await this.database.row<Row>(this.table.find, [...viewerParameters(workspaceId, viewer), id]);
    return row && this.toView(row);
  }

  /** Returns the same as {@link find} and locks the row until the transaction ends. */
  async lock(workspaceId: string, viewer: Viewer, id: string): Promise<View | null> {
    const row = await this.database.row<Row>(this.table.lock, [...viewerParameters(workspaceId, viewer), id]);
    return row && this.toView(row);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(this.table.delete, [workspaceId, id]);
  }

  /** Returns a page of the rows that the viewer can access. `values` must start with {@link viewerParameters}. */
  protected page({ where, ...query }: Pick<ListQuery, 'where' | 'values' | 'order' | 'request'>): Promise<Page<View>> {
    const { table, select, from, visible, listStatementName: domain } = this.table;
    return this.lists.read<Row, View>(
      { ...query, domain, select, from, countFrom: `${table} s`, where: [visible, ...where] },
      this.toView,
    );
  }
}
