import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events, type EventClass } from '@parley/kernel/events';
import { InboxMemberAdded, InboxMemberRemoved, TeamMemberAdded, TeamMemberRemoved } from '../teams.events.js';
import { GroupMembersRepository, type Group } from './group-members.repository.js';
import { ReferencedObjectsService } from '../referenced-objects/referenced-objects.service.js';

interface GroupKind {
  /** Name in the error if the group does not exist. */
  readonly name: string;
  readonly added: EventClass<{ readonly user_id: string }>;
  readonly removed: EventClass<{ readonly user_id: string }>;
}

const GROUP_KINDS: Readonly<Record<Group, GroupKind>> = {
  team: { name: 'Team', added: TeamMemberAdded, removed: TeamMemberRemoved },
  inbox: { name: 'Inbox', added: InboxMemberAdded, removed: InboxMemberRemoved },
};

/** Members of teams and inboxes. */
@Injectable()
export class GroupMembershipService {
  constructor(
    private readonly members: GroupMembersRepository,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly credentials: CredentialCache,
  ) {}

  /** Returns true if the user is a member of the group. */
  hasMember(group: Group, workspaceId: string, groupId: string, userId: string): Promise<boolean> {
    return this.members.exists(group, workspaceId, groupId, userId);
  }

  /** Returns the IDs of all members, active or not, in no particular order. */
  listMemberIds(group: Group, workspaceId: string, groupId: string): Promise<string[]> {
    return this.members.listIds(group, workspaceId, groupId);
  }

  /**
   * Adds members to a group that the current unit of work created, so it needs no lock.
   * @throws DomainError UNPROCESSABLE naming `memberIds` if one is not an active user.
   */
  async addInitialMembers(
    group: Group,
    workspaceId: string,
    groupId: string,
    userIds: readonly string[],
  ): Promise<void> {
    for (const userId of new Set(userIds)) await this.addMember(group, workspaceId, groupId, userId, 'memberIds');
  }

  /**
   * Adds a user to the group. Idempotent.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE if the user is not active.
   */
  add(group: Group, workspaceId: string, groupId: string, userId: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.lock(group, workspaceId, groupId);
      await this.addMember(group, workspaceId, groupId, userId, 'userId');
    });
  }

  /**
   * Removes a user from the group.
   * @throws DomainError NOT_FOUND if the group does not exist or the user is not a member.
   */
  remove(group: Group, workspaceId: string, groupId: string, userId: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.lock(group, workspaceId, groupId);
      if (!(await this.members.remove(group, workspaceId, groupId, userId))) throw notFoundError('Member');
      this.events.append(new GROUP_KINDS[group].removed(groupId, { user_id: userId }));
      this.evictCredentials(userId);
    });
  }

  private async addMember(
    group: Group,
    workspaceId: string,
    groupId: string,
    userId: string,
    field: string,
  ): Promise<void> {
    await this.referencedObjects.resolve(workspaceId, { userId }, { userId: field });
    if (!(await this.members.add(group, workspaceId, groupId, userId))) return;
    this.events.append(new GROUP_KINDS[group].added(groupId, { user_id: userId }));
    this.evictCredentials(userId);
  }

  /** Credentials contain the inboxes that their users cannot see. */
  private evictCredentials(userId: string): void {
    this.unitOfWork.afterCommit(() => this.credentials.evictUser(userId));
  }

  private async lock(group: Group, workspaceId: string, groupId: string): Promise<void> {
    if (!(await this.members.lockGroup(group, workspaceId, groupId))) throw notFoundError(GROUP_KINDS[group].name);
  }
}
