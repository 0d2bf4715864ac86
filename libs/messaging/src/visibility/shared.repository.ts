import { pick } from 'es-toolkit';

import { columnsOf, statement, type Database, type Statement } from '@parley/kernel/database';
import type { ListQuery, ListReader, Page } from '@parley/kernel/pagination';
import { visibilityCondition, type SharedView, type Viewer, type VisibilitySettings } from './visibility.js';

/** Entity with visibility settings. */
export interface SharedEntity extends VisibilitySettings {
  readonly id: string;
  readonly workspaceId: string;
  readonly ownerId: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const FIELDS = ['id', 'visibility', 'teamId', 'ownerId', 'version', 'createdAt', 'updatedAt'] as const;

/** Common columns of rows with visibility settings. */
export type SharedRow = Pick<SharedEntity, (typeof FIELDS)[number]> & { readonly teamName: string | null };

/**
 * SQL of a table with visibility settings. Rows have the alias `s`; `$1` is the workspace, `$2` and `$3` are the
 * viewer.
 */
export interface SharedTable {
  readonly entity: new () => SharedEntity;
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
}

/**
 * Defines the SQL of a table with visibility settings. `resource` is used in statement names; `fields` are properties
 * to select besides those of {@link SharedRow}.
 */
export function defineSharedTable<Entity extends SharedEntity>(
  entity: new () => Entity,
  table: string,
  resource: string,
  fields: readonly (keyof Entity & string)[],
): SharedTable {
  const select = `${columnsOf(entity, 's', [...FIELDS, ...fields])}, t.name as "teamName"`;
  const from = `${table} s left join teams.team_cards t on t.id = s.team_id`;
  const visible = `s.workspace_id = $1 and ${visibilityCondition('s', '$2', '$3')}`;
  const find = `select ${select} from ${from} where ${visible} and s.id = $4`;
  return {
    entity,
    table,
    select,
    from,
    visible,
    listStatementName: `messaging.list-${resource}s`,
    find: statement(`messaging.find-${resource}`, find),
    lock: statement(`messaging.lock-${resource}`, `${find} for update of s`),
  };
}

/** Maps the common columns of a row. */
export function toSharedView(row: SharedRow): SharedView {
  const { teamId, teamName } = row;
  return { ...pick(row, FIELDS), team: teamId === null ? null : { id: teamId, name: teamName } };
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
    await this.database.repository(this.table.entity).delete({ workspaceId, id });
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
