import { Injectable } from '@nestjs/common';
import { Database, statement } from '@parley/kernel';

const ADD = statement(
  'teams.add-team-member',
  'insert into teams.team_members (team_id, user_id, workspace_id) values ($2, $3, $1) on conflict do nothing',
);
const REMOVE = statement('teams.remove-team-member', 'delete from teams.team_members where workspace_id = $1 and team_id = $2 and user_id = $3');

/** Rows of `teams.team_members`. */
@Injectable()
export class TeamMembersRepository {
  constructor(private readonly database: Database) {}

  /** Whether the user was not in the team before. */
  async add(workspaceId: string, teamId: string, userId: string): Promise<boolean> {
    return (await this.database.execute(ADD, [workspaceId, teamId, userId])) > 0;
  }

  async remove(workspaceId: string, teamId: string, userId: string): Promise<boolean> {
    return (await this.database.execute(REMOVE, [workspaceId, teamId, userId])) > 0;
  }
}
