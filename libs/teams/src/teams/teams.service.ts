import { Injectable } from '@nestjs/common';
import { newId, notFoundError } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { TeamCreated, TeamDeleted, TeamUpdated } from '../teams.events.js';
import { withUniqueName } from '../unique-names.js';
import { GroupMembershipService } from './group-membership.service.js';
import type { TeamEntity } from './team.entity.js';
import type { TeamView } from './team.view.js';
import { TeamsRepository, type TeamOrder, type TeamsFilter } from './teams.repository.js';

/** Groups of users that conversations can be assigned to. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly teams: TeamsRepository,
    private readonly members: GroupMembershipService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly credentials: CredentialCache,
  ) {}

  list(workspaceId: string, filter: TeamsFilter, orderBy: TeamOrder, request: PageRequest): Promise<Page<TeamView>> {
    return this.teams.list(workspaceId, filter, orderBy, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<TeamView> {
    const team = await this.teams.find(workspaceId, id);
    if (!team) throw notFoundError('Team');
    return team;
  }

  /** Returns the team, or null. */
  find(workspaceId: string, id: string): Promise<TeamView | null> {
    return this.teams.find(workspaceId, id);
  }

  /** Returns true if the user is a member of the team. */
  hasMember(workspaceId: string, id: string, userId: string): Promise<boolean> {
    return this.members.hasMember('team', workspaceId, id, userId);
  }

  /** Returns the IDs of the team's members, active or not. */
  listMemberIds(workspaceId: string, id: string): Promise<string[]> {
    return this.members.listMemberIds('team', workspaceId, id);
  }

  /** Returns the IDs that belong to teams. */
  filterExisting(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
    return this.teams.filterExisting(workspaceId, ids);
  }

  /**
   * Creates a team.
   * @throws DomainError CONFLICT if the name is already used.
   */
  create(
    workspaceId: string,
    name: string,
    description: string | null,
    memberIds: readonly string[],
  ): Promise<TeamView> {
    return this.unitOfWork.run(async () => {
      const id = newId();
      await withUniqueName('team', name, () => this.teams.add(workspaceId, id, name, description));
      this.events.append(new TeamCreated(id, { name }));
      await this.members.addInitialMembers('team', workspaceId, id, memberIds);
      return this.get(workspaceId, id);
    });
  }

  /**
   * Updates a team.
   * @throws DomainError NOT_FOUND, CONFLICT if the name is already used, PRECONDITION_FAILED
   */
  update(
    workspaceId: string,
    id: string,
    change: { name?: string; description?: string | null },
    expected: number | null,
  ): Promise<TeamView> {
    return this.unitOfWork.run(async () => {
      const team = await this.lock(workspaceId, id);
      const before = await this.get(workspaceId, id);
      assertVersion(expected, team.version, () => before);
      const { name = before.name, description = before.description } = change;
      const changed = changesBetween(before, { name, description });
      if (Object.keys(changed).length === 0) return before;
      await withUniqueName('team', name, () => this.teams.save(Object.assign(team, { name, description })));
      this.events.append(new TeamUpdated(id, { name, changed }));
      return this.get(workspaceId, id);
    });
  }

  /**
   * Deletes a team and returns its last state. Conversations assigned to it are unassigned from it.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED
   */
  delete(workspaceId: string, id: string, expected: number | null): Promise<TeamView> {
    return this.unitOfWork.run(async () => {
      const { name, version } = await this.lock(workspaceId, id);
      const before = await this.get(workspaceId, id);
      assertVersion(expected, version, () => before);
      await this.teams.delete(workspaceId, id);
      this.events.append(new TeamDeleted(id, { name }));
      // Members of the team may have had access to limited inboxes.
      this.unitOfWork.afterCommit(() => this.credentials.evictWorkspace(workspaceId));
      return before;
    });
  }

  /**
   * Adds a user to the team. Idempotent.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE
   */
  addMember(workspaceId: string, id: string, userId: string): Promise<void> {
    return this.members.add('team', workspaceId, id, userId);
  }

  /**
   * Removes a user from the team.
   * @throws DomainError NOT_FOUND
   */
  removeMember(workspaceId: string, id: string, userId: string): Promise<void> {
    return this.members.remove('team', workspaceId, id, userId);
  }

  private async lock(workspaceId: string, id: string): Promise<TeamEntity> {
    const team = await this.teams.lock(workspaceId, id);
    if (!team) throw notFoundError('Team');
    return team;
  }
}
