import { Injectable } from '@nestjs/common';
import { createBinder, Database, escapeLike, shortRead, statement } from '@parley/kernel/database';
import {
  nameKey,
  sortableName,
  ListReader,
  timeConditions,
  type Page,
  type PageRequest,
  type TimeRange,
} from '@parley/kernel/pagination';
import { effectiveAvailability } from '../presence/effective-availability.js';
import type { UserGroup, UserView } from './user.view.js';

/** New user. */
export interface NewUserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  /** Workspace that the account belongs to; null if the account holds its address on the whole server. */
  readonly homeWorkspaceId: string | null;
}

interface MemberRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly role_name: string;
  readonly status: UserView['status'];
  readonly availability: UserView['availability'];
  readonly availability_setting: UserView['availability'];
  readonly auto_offline: boolean;
  readonly avatar_url: string | null;
  readonly teams: readonly UserGroup[];
  readonly inboxes: readonly UserGroup[];
  readonly created_at: string;
  readonly updated_at: string;
}

/** Filter of a user list. */
export interface UsersFilter extends TimeRange {
  readonly role?: readonly string[];
  readonly status?: readonly string[];
  /** Effective availability. */
  readonly availability?: readonly string[];
  /** Null matches users without a team. */
  readonly teamIds?: readonly (string | null)[];
  /** Null matches users without an inbox. */
  readonly inboxIds?: readonly (string | null)[];
  readonly q?: string;
}

const AVAILABILITY = effectiveAvailability('m');
const groupsColumn = (group: 'team' | 'inbox', table: string): string =>
  `coalesce((select json_agg(json_build_object('id', g.id, 'name', g.name) order by ${sortableName('g.name')}) ` +
  `from teams.${group}_members n join ${table} g on g.id = n.${group}_id ` +
  `where n.user_id = m.user_id and n.workspace_id = m.workspace_id), '[]')`;

/**
 * For an invited user, a workspace sees only the data of its own invitation. Otherwise it would reveal if the person
 * has an account, and their data.
 */
const VISIBLE_NAME = 'coalesce(i.name, u.name)';
const VISIBLE_EMAIL = 'coalesce(i.email, u.email)';
const UPDATED_AT = 'case when i.user_id is null then greatest(u.updated_at, m.updated_at) else m.updated_at end';
const COLUMNS = `u.id, ${VISIBLE_EMAIL} as email, ${VISIBLE_NAME} as name,
   case when i.user_id is null then u.avatar_url end as avatar_url, m.role, coalesce(r.name, m.role) as role_name,
   m.status, ${AVAILABILITY} as availability, m.availability as availability_setting, m.auto_offline,
   ${groupsColumn('team', 'teams.teams')} as teams, ${groupsColumn('inbox', 'teams.inboxes')} as inboxes,
   m.created_at, ${UPDATED_AT} as updated_at`;
const ORDERS = {
  created_at: { sql: 'm.created_at', type: 'timestamptz' },
  name: nameKey(VISIBLE_NAME),
} as const;

/** Sort fields of a user list. */
export type UserOrder = keyof typeof ORDERS;

const COUNT_FROM =
  'teams.memberships m join teams.users u on u.id = m.user_id ' +
  'left join teams.invitations i on i.workspace_id = m.workspace_id and i.user_id = m.user_id';
const FROM = `${COUNT_FROM} left join teams.roles r on r.workspace_id = m.workspace_id and r.id = m.role_id`;

const ADD = statement(
  'teams.add-user',
  'insert into teams.users (id, email, name, password_hash, home_workspace_id) values ($1, $2, $3, $4, $5)',
);
const FIND = shortRead(
  'teams.find-member',
  `select ${COLUMNS} from ${FROM} where m.workspace_id = $1 and m.user_id = $2`,
);
const LIST_ADMIN_IDS = statement(
  'teams.list-admin-ids',
  `select m.user_id as id from teams.memberships m where m.workspace_id = $1 and m.role in ('owner', 'admin')
     and m.status = 'active' order by m.user_id`,
);
const LOCK_USER = statement('teams.lock-user', 'select id from teams.users where id = $1 for update');
const HAS_OTHER_WORKSPACES = statement(
  'teams.has-other-workspaces',
  'select teams.has_other_workspaces($2, $1) as has_other_workspaces',
);
const SET_PROFILE = statement(
  'teams.set-profile',
  'update teams.users set name = $2, avatar_url = $3, updated_at = now() where id = $1',
);
function toView(row: MemberRow): UserView {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    roleName: row.role_name,
    status: row.status,
    availability: row.availability,
    availabilitySetting: row.availability_setting,
    autoOffline: row.auto_offline,
    avatarUrl: row.avatar_url,
    teams: row.teams,
    inboxes: row.inboxes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Condition that a user is a member of one of the groups. A null ID matches users without any group. */
function groupCondition(
  group: 'team' | 'inbox',
  ids: readonly (string | null)[],
  bind: (value: unknown) => string,
): string {
  const membershipExists = (extraCondition: string): string =>
    `exists (select 1 from teams.${group}_members n where n.workspace_id = m.workspace_id ` +
    `and n.user_id = m.user_id${extraCondition})`;
  const isMember = membershipExists(` and n.${group}_id = any(${bind(ids)})`);
  return ids.includes(null) ? `(${isMember} or not ${membershipExists('')})` : `(${isMember})`;
}

/** Rows of `teams.users`, and lists of the members of a workspace. */
@Injectable()
export class UsersRepository {
  constructor(
    private readonly database: Database,
    private readonly lists: ListReader,
  ) {}

  async add({ id, email, name, passwordHash, homeWorkspaceId }: NewUserRow): Promise<void> {
    await this.database.execute(ADD, [id, email, name, passwordHash, homeWorkspaceId]);
  }

  async find(workspaceId: string, userId: string): Promise<UserView | null> {
    const row = await this.database.row<MemberRow>(FIND, [workspaceId, userId]);
    return row && toView(row);
  }

  /** Returns the IDs of the active owners and admins. */
  async listAdminIds(workspaceId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(LIST_ADMIN_IDS, [workspaceId])).map((row) => row.id);
  }

  /** Locks a user across all workspaces until the transaction ends. */
  async lockUser(userId: string): Promise<void> {
    await this.database.execute(LOCK_USER, [userId]);
  }

  /** Returns true if the user belongs to other workspaces too. Invitations that are not accepted do not count. */
  async hasOtherWorkspaces(workspaceId: string, userId: string): Promise<boolean> {
    return (await this.database.row<{ has_other_workspaces: boolean }>(HAS_OTHER_WORKSPACES, [workspaceId, userId]))!
      .has_other_workspaces;
  }

  async setProfile(userId: string, name: string, avatarUrl: string | null): Promise<void> {
    await this.database.execute(SET_PROFILE, [userId, name, avatarUrl]);
  }

  list(workspaceId: string, filter: UsersFilter, orderBy: UserOrder, request: PageRequest): Promise<Page<UserView>> {
    const values: unknown[] = [workspaceId];
    const bind = createBinder(values);
    const where = [
      'm.workspace_id = $1',
      ...timeConditions(filter, { created: 'm.created_at', updated: UPDATED_AT }, bind),
    ];
    if (filter.role) where.push(`m.role = any(${bind(filter.role)})`);
    if (filter.status) where.push(`m.status = any(${bind(filter.status)})`);
    if (filter.availability) where.push(`${AVAILABILITY} = any(${bind(filter.availability)})`);
    if (filter.teamIds) where.push(groupCondition('team', filter.teamIds, bind));
    if (filter.inboxIds) where.push(groupCondition('inbox', filter.inboxIds, bind));
    if (filter.q) {
      const pattern = bind(`%${escapeLike(filter.q)}%`);
      where.push(`(${VISIBLE_NAME} ilike ${pattern} or ${VISIBLE_EMAIL} ilike ${pattern})`);
    }
    return this.lists.read<MemberRow & { [column: string]: unknown }, UserView>(
      {
        domain: 'teams.list-users',
        select: COLUMNS,
        from: FROM,
        countFrom: COUNT_FROM,
        where,
        values,
        request,
        order: [ORDERS[orderBy], { sql: 'm.user_id', type: 'uuid' }],
      },
      toView,
    );
  }
}
