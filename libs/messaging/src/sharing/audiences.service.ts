import { Injectable } from '@nestjs/common';
import { badRequest, DomainError, unprocessable } from '@parley/kernel';
import { TeamsService } from '@parley/teams';
import type { Audience, Viewer } from './audience.js';

/** Decides who may make something for whom. */
@Injectable()
export class Audiences {
  constructor(private readonly teams: TeamsService) {}

  /**
   * @throws DomainError BAD_REQUEST when the team does not go with the visibility, UNPROCESSABLE when there is no such team, or for a
   *   personal thing of a service's, FORBIDDEN for a team that the viewer is not in.
   */
  async assertFor(workspaceId: string, viewer: Viewer, { visibility, teamId }: Audience): Promise<void> {
    if (visibility === 'personal' && viewer.userId === null)
      throw unprocessable('A service key is nobody, so nothing can be personal to it');
    if (visibility !== 'team') {
      if (teamId !== null) throw badRequest({ team_id: ['team_id goes with the visibility team only'] });
      return;
    }
    if (teamId === null) throw badRequest({ team_id: ['say which team it is for'] });
    await this.teams.assertExists(workspaceId, teamId);
    if (!viewer.seesTeams && !(await this.teams.hasMember(workspaceId, teamId, viewer.userId!))) {
      throw new DomainError('FORBIDDEN', 'You are not in this team', { team_id: teamId });
    }
  }
}
