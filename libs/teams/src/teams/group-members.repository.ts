import { Injectable } from '@nestjs/common';
import { Database, statement, type Statement } from '@parley/kernel/database';

/** Groups of users within a workspace. */
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
      `teams.lock-${group}-for-members`,
      `select 1 from ${table} where workspace_id = $1 and id = $2 for update`,
    ),
    add: statement(
      `teams.add-${group}-member`,
      `insert into teams.${group}_members (${group}_id, user_id, workspace_id) values ($2, $3, $1)
         on conflict do nothing`,
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
      `teams.list-${group}-member-ids`,
      `select user_id as id from teams.${group}_members where workspace_id = $1 and ${group}_id = $2`,
    ),
  };
}

/** Rows of `teams.team_members` and `teams.inbox_members`. */
@Injectable()
export class GroupMembersRepository {
  constructor(private readonly database: Database) {}

  /** Locks the group until the transaction ends. Returns false if it does not exist. */
  async lockGroup(group: Group, workspaceId: string, groupId: string): Promise<boolean> {
    return (await this.database.row(STATEMENTS[group].lockGroup, [workspaceId, groupId])) !== null;
  }

  /** Returns true if the user was not a member before. */
  async add(group: Group, workspaceId: string, groupId: string, userId: string): Promise<boolean> {
    return (await this.database.execute(STATEMENTS[group].add, [workspaceId, groupId, userId])) > 0;
  }

  async remove(group: Group, workspaceId: string, groupId: string, userId: string): Promise<boolean> {
    return (await this.database.execute(STATEMENTS[group].remove, [workspaceId, groupId, userId])) > 0;
  }

  async exists(group: Group, workspaceId: string, groupId: string, userId: string): Promise<boolean> {
    return (await this.database.row(STATEMENTS[group].exists, [workspaceId, groupId, userId])) !== null;
  }

  /** Returns the IDs of all members, in no particular order. */
  async listIds(group: Group, workspaceId: string, groupId: string): Promise<string[]> {
    return (await this.database.rows<{ id: string }>(STATEMENTS[group].listIds, [workspaceId, groupId])).map(
      ({ id }) => id,
    );
  }
}
