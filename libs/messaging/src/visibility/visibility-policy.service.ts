import { Injectable } from '@nestjs/common';
import { DomainError, invalidInputError, unprocessableError } from '@parley/kernel';
import { ReferencedObjectsService, TeamsService } from '@parley/teams';
import type { VisibilitySettings, Viewer } from './visibility.js';

/** Decides which visibility settings a user may set. */
@Injectable()
export class VisibilityPolicy {
  constructor(
    private readonly teams: TeamsService,
    private readonly referencedObjects: ReferencedObjectsService,
  ) {}

  /**
   * Settings that stay as they are are always allowed.
   * @throws DomainError BAD_REQUEST when the team does not match the visibility, UNPROCESSABLE when the team does not
   * exist or a service key sets `personal`, FORBIDDEN for a team that the viewer is not a member of.
   */
  async assertAllowed(
    workspaceId: string,
    viewer: Viewer,
    { visibility, teamId }: VisibilitySettings,
    existing: VisibilitySettings | null = null,
  ): Promise<void> {
    if (visibility === existing?.visibility && teamId === existing.teamId) return;
    if (visibility === 'personal' && viewer.userId === null)
      throw unprocessableError('The visibility personal requires a user credential');
    if (visibility !== 'team') {
      if (teamId !== null) throw invalidInputError('teamId', 'is only allowed with the visibility team');
      return;
    }
    if (teamId === null) throw invalidInputError('teamId', 'is required with the visibility team');
    await this.referencedObjects.resolve(workspaceId, { teamId });
    if (!viewer.canSeeAllTeams && !(await this.teams.hasMember(workspaceId, teamId, viewer.userId!))) {
      throw new DomainError('FORBIDDEN', 'You are not a member of this team', { teamId });
    }
  }
}
