import { Injectable } from '@nestjs/common';
import { badRequestError, DomainError, unprocessableError } from '@parley/kernel';
import { TeamsService } from '@parley/teams';
import type { VisibilitySettings, Viewer } from './visibility.js';

/** Decides who may make something for whom. */
@Injectable()
export class VisibilityPolicy {
  constructor(private readonly teams: TeamsService) {}

  /**
   * @throws DomainError BAD_REQUEST when the team does not go with the visibility, UNPROCESSABLE when there is no such team, or for a
   *   personal thing of a service's, FORBIDDEN for a team that the viewer is not in.
   */
  async assertAllowed(workspaceId: string, viewer: Viewer, { visibility, teamId }: VisibilitySettings): Promise<void> {
    if (visibility === 'personal' && viewer.userId === null)
      throw unprocessableError('A service key is nobody, so nothing can be personal to it');
    if (visibility !== 'team') {
      if (teamId !== null) throw badRequestError({ team_id: ['team_id goes with the visibility team only'] });
      return;
    }
    if (teamId === null) throw badRequestError({ team_id: ['say which team it is for'] });
    await this.teams.assertExists(workspaceId, teamId);
    if (!viewer.canSeeAllTeams && !(await this.teams.hasMember(workspaceId, teamId, viewer.userId!))) {
      throw new DomainError('FORBIDDEN', 'You are not in this team', { team_id: teamId });
    }
  }
}
