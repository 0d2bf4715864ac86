import { Injectable } from '@nestjs/common';
import { createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { BUILT_IN_ROLES } from './built-in-roles.js';
import type { RoleView } from './role.view.js';

interface RoleRow {
  readonly [column: string]: unknown;
  readonly id: string | null;
  readonly role: string;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: string[];
  readonly members_count: number;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Content of a role. */
export type RoleInput = Pick<RoleView, 'name' | 'description' | 'scopes'>;

const MEMBERS_COUNT =
  '(select count(*) from teams.memberships m where m.workspace_id = $1 and m.role = r.role) as members_count';
const CUSTOM_ROLES = `select r.id, r.id::text as role, r.name, r.description, r.scopes, r.version,
  r.created_at, r.updated_at from teams.roles r where r.workspace_id = $1`;
const COLUMNS = `r.id, r.role, r.name, r.description, r.scopes, r.version, r.created_at, r.updated_at,
  ${MEMBERS_COUNT}`;
const ALL_ROLES = `(
  select b.position, null::uuid as id, b.role, b.name, b.description, b.scopes, 1 as version,
    w.created_at, w.created_at as updated_at
  from jsonb_to_recordset($2::jsonb) as b (position int, role text, name text, description text, scopes text[])
  join teams.workspaces w on w.id = $1
  union all select ${BUILT_IN_ROLES.length}, c.* from (${CUSTOM_ROLES}) c) r`;

const FIND = statement('teams.find-role', `select ${COLUMNS} from (${CUSTOM_ROLES} and r.id = $2) r`);
const LOCK = statement('teams.lock-role', 'select id from teams.roles where workspace_id = $1 and id = $2 for update');
const ADD = statement(
  'teams.add-role',
  'insert into teams.roles (workspace_id, id, name, description, scopes) values ($1, $2, $3, $4, $5)',
);
const UPDATE = statement(
  'teams.update-role',
  `update teams.roles set name = $3, description = $4, scopes = $5, version = version + 1, updated_at = now()
     where workspace_id = $1 and id = $2`,
);
const DELETE = statement('teams.delete-role', 'delete from teams.roles where workspace_id = $1 and id = $2');

function toView(row: RoleRow): RoleView {
  const { id, role, name, description, scopes, version } = row;
  return {
    id,
    role,
    name,
    description,
    scopes,
    version,
    membersCount: row.members_count,
    createdAt: id === null ? null : row.created_at,
    updatedAt: id === null ? null : row.updated_at,
  };
}

/** Rows of `teams.roles`. */
@Injectable()
export class RolesRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async find(workspaceId: string, id: string): Promise<RoleView | null> {
    const row = await this.database.row<RoleRow>(FIND, [workspaceId, id]);
    return row && toView(row);
  }

  /** Locks the row until the transaction ends, so that the role cannot be assigned in the meantime. */
  async lock(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(LOCK, [workspaceId, id]);
  }

  async add(workspaceId: string, id: string, { name, description, scopes }: RoleInput): Promise<void> {
    await this.database.execute(ADD, [workspaceId, id, name, description, scopes]);
  }

  async update(workspaceId: string, id: string, { name, description, scopes }: RoleInput): Promise<void> {
    await this.database.execute(UPDATE, [workspaceId, id, name, description, scopes]);
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(DELETE, [workspaceId, id]);
  }

  /** Lists the built-in roles, then the workspace's roles by time of creation. */
  list(workspaceId: string, range: TimeRange, request: PageRequest): Promise<Page<RoleView>> {
    const values: unknown[] = [workspaceId, JSON.stringify(BUILT_IN_ROLES)];
    const timeFilters = timeConditions(
      range,
      { created: 'r.created_at', updated: 'r.updated_at' },
      createBinder(values),
    );
    return this.lists.read<RoleRow, RoleView>(
      {
        domain: 'teams.list-roles',
        select: COLUMNS,
        from: ALL_ROLES,
        where: timeFilters.length > 0 ? ['r.id is not null', ...timeFilters] : ['true'],
        values,
        request,
        order: [
          { sql: 'r.position', type: 'int' },
          { sql: 'r.created_at', type: 'timestamptz' },
          { sql: 'r.role', type: 'text' },
        ],
      },
      toView,
    );
  }
}
