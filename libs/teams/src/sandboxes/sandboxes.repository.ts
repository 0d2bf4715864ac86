import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel/database';

const LOCK_WORKSPACE = statement('teams.lock-workspace', 'select id from teams.workspaces where id = $1 for update');
const FIND = statement('teams.find-sandbox', 'select id from teams.workspaces where sandbox_of = $1');
const ADD = statement(
  'teams.add-sandbox',
  `insert into teams.workspaces (id, name, plan, timezone, locale, settings, sandbox_of)
   select $2, name, plan, timezone, locale, settings, id from teams.workspaces where id = $1`,
);
const LIST_MISSING_COPIES = statement(
  'teams.list-users-without-copy',
  `select m.user_id as id from teams.memberships m where m.workspace_id = $1 and m.status = 'active'
     and not exists (select 1 from teams.users c where c.copied_from = m.user_id and c.home_workspace_id = $2)
   order by m.created_at, m.user_id`,
);
const ADD_COPIES = statement(
  'teams.add-user-copies',
  `insert into teams.users (id, email, name, avatar_url, home_workspace_id, copied_from)
   select n.id, u.email, u.name, u.avatar_url, $1, u.id from unnest($2::uuid[], $3::uuid[]) as n (id, copied_from)
   join teams.users u on u.id = n.copied_from on conflict do nothing`,
);
const UPDATE_COPIES = statement(
  'teams.update-user-copies',
  `update teams.users c set email = u.email, name = u.name, avatar_url = u.avatar_url, updated_at = now()
   from teams.users u where c.home_workspace_id = $1 and u.id = c.copied_from
     and (c.email, c.name, c.avatar_url) is distinct from (u.email, u.name, u.avatar_url)`,
);
const COPY_MEMBERSHIPS = statement(
  'teams.copy-memberships',
  `insert into teams.memberships as o (workspace_id, user_id, role, status)
   select $2, c.id, case when m.role in ('owner', 'admin') then m.role else 'agent' end,
     case when m.status = 'active' then 'active' else 'inactive' end
   from teams.memberships m join teams.users c on c.copied_from = m.user_id and c.home_workspace_id = $2
   where m.workspace_id = $1
   on conflict (workspace_id, user_id) do update set role = excluded.role, status = excluded.status, updated_at = now()
     where (o.role, o.status) is distinct from (excluded.role, excluded.status)`,
);
const FIND_COPY = statement(
  'teams.find-user-copy',
  'select id from teams.users where copied_from = $2 and home_workspace_id = $1',
);

/** Sandboxes and the copies of users in them. */
@Injectable()
export class SandboxesRepository {
  constructor(private readonly database: Database) {}

  /** Returns the ID of the sandbox or null, and locks the workspace until the transaction ends. */
  async lockId(workspaceId: string): Promise<string | null> {
    await this.database.execute(LOCK_WORKSPACE, [workspaceId]);
    return (await this.database.row<{ id: string }>(FIND, [workspaceId]))?.id ?? null;
  }

  /** Adds the sandbox of a workspace, with its settings. */
  async add(workspaceId: string, id: string): Promise<void> {
    await this.database.execute(ADD, [workspaceId, id]);
  }

  /** Returns the IDs of the active users of the workspace that have no copy. */
  async listMissingCopies(workspaceId: string, sandboxId: string): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(LIST_MISSING_COPIES, [workspaceId, sandboxId]);
    return rows.map(({ id }) => id);
  }

  /** Adds copies of users. They have no password, so sign-in as one is impossible. */
  async addCopies(sandboxId: string, ids: readonly string[], userIds: readonly string[]): Promise<void> {
    await this.database.execute(ADD_COPIES, [sandboxId, ids, userIds]);
  }

  /** Updates the copies and their memberships. A copy of a user with a custom role is an agent. */
  async updateCopies(workspaceId: string, sandboxId: string): Promise<void> {
    await this.database.execute(UPDATE_COPIES, [sandboxId]);
    await this.database.execute(COPY_MEMBERSHIPS, [workspaceId, sandboxId]);
  }

  async findCopy(sandboxId: string, userId: string): Promise<string | null> {
    return (await this.database.row<{ id: string }>(FIND_COPY, [sandboxId, userId]))?.id ?? null;
  }
}
