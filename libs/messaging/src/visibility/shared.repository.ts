import { statement, type Database, type Statement } from '@parley/kernel/database';
import type { ListQuery, ListReader, Page } from '@parley/kernel/pagination';
import { visibilityCondition, type SharedView, type Viewer, type Visibility } from './visibility.js';

/** What is read of everything that is shared. */
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

/** A table of shared things. In all of its SQL its rows are `s`, `$1` is the workspace, and `$2` and `$3` are the viewer. */
export interface SharedTable {
  readonly table: string;
  /** Columns of a row as it is read. */
  readonly select: string;
  /** The table and the teams that its rows are for. */
  readonly from: string;
  /** Holds for the rows that the viewer sees. */
  readonly visible: string;
  /** Prefix of the names of statements that list rows. */
  readonly listStatementName: string;
  readonly find: Statement;
  readonly lock: Statement;
  readonly delete: Statement;
}

/** Declares the reading of a table of shared things; `thing` is what a row is called in the names of statements, `columns` are those that {@link SharedRow} has not. */
export function defineSharedTable(table: string, resource: string, columns: string): SharedTable {
  const select = `s.id, s.visibility, s.team_id, t.name as team_name, s.owner_id, ${columns}, s.version, s.created_at, s.updated_at`;
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

/** What every shared thing tells of itself. */
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

/** The values of the first three parameters. */
export function viewerParameters(workspaceId: string, { userId, canSeeAllTeams }: Viewer): unknown[] {
  return [workspaceId, userId, canSeeAllTeams];
}

/** Rows of shared things. Those that the viewer does not see are not there for them. */
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

  /** What {@link find} gives, locked until the transaction ends. */
  async lock(workspaceId: string, viewer: Viewer, id: string): Promise<View | null> {
    const row = await this.database.row<Row>(this.table.lock, [...viewerParameters(workspaceId, viewer), id]);
    return row && this.toView(row);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(this.table.delete, [workspaceId, id]);
  }

  /** A page of those that the viewer sees; `values` begin with {@link viewerParameters}. */
  protected page({ where, ...query }: Pick<ListQuery, 'where' | 'values' | 'order' | 'request'>): Promise<Page<View>> {
    const { table, select, from, visible, listStatementName: domain } = this.table;
    return this.lists.read<Row, View>(
      { ...query, domain, select, from, countFrom: `${table} s`, where: [visible, ...where] },
      this.toView,
    );
  }
}
