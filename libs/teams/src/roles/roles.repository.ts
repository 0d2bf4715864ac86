import { Injectable } from '@nestjs/common';
import { columnsOf, createBinder, Database, statement } from '@parley/kernel/database';
import { ListReader, timeConditions, type Page, type PageRequest, type TimeRange } from '@parley/kernel/pagination';
import { BUILT_IN_ROLES } from './built-in-roles.js';
import { RoleEntity } from './role.entity.js';
import type { RoleView } from './role.view.js';

const FIELDS = ['id', 'name', 'description', 'scopes', 'version', 'createdAt', 'updatedAt'] as const;

type RoleRow = Omit<Pick<RoleEntity, (typeof FIELDS)[number]>, 'id'> & Pick<RoleView, 'id' | 'role' | 'membersCount'>;

/** Content of a role. */
export type RoleInput = Pick<RoleView, 'name' | 'description' | 'scopes'>;

const CUSTOM_ROLES = `select r.id, r.id::text as role, r.name, r.description, r.scopes, r.version,
  r.created_at, r.updated_at from teams.roles r where r.workspace_id = $1`;
const COLUMNS = `${columnsOf(RoleEntity, 'r', FIELDS)}, r.role,
  (select count(*) from teams.memberships m where m.workspace_id = $1 and m.role = r.role) as "membersCount"`;
const ALL_ROLES = `(
  select b.position, null::uuid as id, b.role, b.name, b.description, b.scopes, 1 as version,
    w.created_at, w.created_at as updated_at
  from jsonb_to_recordset($2::jsonb) as b (position int, role text, name text, description text, scopes text[])
  join teams.workspaces w on w.id = $1
  union all select ${BUILT_IN_ROLES.length}, c.* from (${CUSTOM_ROLES}) c) r`;

const FIND = statement('teams.find-role', `select ${COLUMNS} from (${CUSTOM_ROLES} and r.id = $2) r`);

function toView(row: RoleRow): RoleView {
  const { id, role, name, description, scopes, version, membersCount } = row;
  const { createdAt, updatedAt } = id === null ? { createdAt: null, updatedAt: null } : row;
  return { id, role, name, description, scopes, version, membersCount, createdAt, updatedAt };
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
    await this.database
      .repository(RoleEntity)
      .findOne({ select: { id: true }, where: { workspaceId, id }, lock: { mode: 'pessimistic_write' } });
  }

  async add(workspaceId: string, id: string, { name, description, scopes }: RoleInput): Promise<void> {
    await this.database.repository(RoleEntity).insert({ workspaceId, id, name, description, scopes });
  }

  async update(workspaceId: string, id: string, { name, description, scopes }: RoleInput): Promise<void> {
    await this.database.repository(RoleEntity).update({ workspaceId, id }, { name, description, scopes });
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.repository(RoleEntity).delete({ workspaceId, id });
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
