import { Injectable } from '@nestjs/common';
import { Database, statement, type Statement } from '@parley/kernel/database';

/** What people can be members of beside the workspace. */
export type Group = 'team' | 'inbox';

interface MemberStatements {
  readonly lockGroup: Statement;
  readonly add: Statement;
  readonly remove: Statement;
  readonly exists: Statement;
  readonly listIds: Statement;
}

const STATEMENTS: Readonly<Record<Group, MemberStatements>> = {
  team: buildStatements('team', 'teams.teams'),
  inbox: buildStatements('inbox', 'teams.inboxes'),
};

function buildStatements(group: Group, table: string): MemberStatements {
  return {
    lockGroup: statement(
      `teams.lock-${group}-of-members`,
      `select 1 from ${table} where workspace_id = $1 and id = $2 for update`,
    ),
    add: statement(
      `teams.add-${group}-member`,
      `insert into teams.${group}_members (${group}_id, user_id, workspace_id) values ($2, $3, $1) on conflict do nothing`,
    ),
    remove: statement(
      `teams.remove-${group}-member`,
      `delete from teams.${group}_members where workspace_id = $1 and ${group}_id = $2 and user_id = $3`,
    ),
    exists: statement(
      `teams.has-${group}-member`,
      `select 1 from teams.${group}_members where workspace_id = $1 and ${group}_id = $2 and user_id = $3`,
    ),
    listIds: statement(
      `teams.${group}-member-ids`,
      `select user_id as id from teams.${group}_members where workspace_id = $1 and ${group}_id = $2`,
    ),
  };
}

/** Rows of `teams.team_members` and `teams.inbox_members`. */
@Injectable()
export class GroupMembersRepository {
  constructor(private readonly database: Database) {}

  /** Whether there is such a group; if so, it is locked until the transaction ends. */
  async lockGroup(group: Group, workspaceId: string, groupId: string): Promise<boolean> {
    return (await this.database.row(STATEMENTS[group].lockGroup, [workspaceId, groupId])) !== null;
  }

  /** Whether the user was no member before. */
  async add(group: Group, workspaceId: string, groupId: string, userId: string): Promise<boolean> {
    return (await this.database.execute(STATEMENTS[group].add, [workspaceId, groupId, userId])) > 0;
  }

  async remove(group: Group, workspaceId: string, groupId: string, userId: string): Promise<boolean> {
    return (await this.database.execute(STATEMENTS[group].remove, [workspaceId, groupId, userId])) > 0;
  }

  async exists(group: Group, workspaceId: string, groupId: string, userId: string): Promise<boolean> {
    return (await this.database.row(STATEMENTS[group].exists, [workspaceId, groupId, userId])) !== null;
  }

  /** Ids of all members, in no order. */
  async listIds(group: Group, workspaceId: string, groupId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(STATEMENTS[group].listIds, [workspaceId, groupId])).map(
      ({ id }) => id,
    );
  }
}
