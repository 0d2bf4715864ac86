import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events, type EventClass } from '@parley/kernel/events';
import { InboxMemberAdded, InboxMemberRemoved, TeamMemberAdded, TeamMemberRemoved } from '../teams.events.js';
import { GroupMembersRepository, type Group } from './group-members.repository.js';
import { UsersService } from './users.service.js';

interface GroupKind {
  /** What it is called when it is not there. */
  readonly name: string;
  readonly added: EventClass<{ readonly user_id: string }>;
  readonly removed: EventClass<{ readonly user_id: string }>;
}

const GROUP_KINDS: Readonly<Record<Group, GroupKind>> = {
  team: { name: 'Team', added: TeamMemberAdded, removed: TeamMemberRemoved },
  inbox: { name: 'Inbox', added: InboxMemberAdded, removed: InboxMemberRemoved },
};

/** Who is in teams and inboxes. */
@Injectable()
export class GroupMembershipService {
  constructor(
    private readonly members: GroupMembersRepository,
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** Whether the user is in the group. */
  hasMember(group: Group, workspaceId: string, groupId: string, userId: string): Promise<boolean> {
    return this.members.exists(group, workspaceId, groupId, userId);
  }

  /** Ids of the users in the group, active or not, in no order. */
  listMemberIds(group: Group, workspaceId: string, groupId: string): Promise<string[]> {
    return this.members.listIds(group, workspaceId, groupId);
  }

  /** Puts users in a group that the present unit of work has made, so that nobody else can hold it. @throws DomainError UNPROCESSABLE naming `member_ids` when one is no active user. */
  async addInitialMembers(
    group: Group,
    workspaceId: string,
    groupId: string,
    userIds: readonly string[],
  ): Promise<void> {
    for (const userId of new Set(userIds)) await this.addMember(group, workspaceId, groupId, userId, 'member_ids');
  }

  /** Puts a user in the group; nothing happens when they are in it. @throws DomainError NOT_FOUND, UNPROCESSABLE when they are no active user. */
  add(group: Group, workspaceId: string, groupId: string, userId: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.lock(group, workspaceId, groupId);
      await this.addMember(group, workspaceId, groupId, userId, 'user_id');
    });
  }

  /** Takes a user out of the group. @throws DomainError NOT_FOUND for the group, or when they are not in it. */
  remove(group: Group, workspaceId: string, groupId: string, userId: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.lock(group, workspaceId, groupId);
      if (!(await this.members.remove(group, workspaceId, groupId, userId))) throw notFoundError('Member');
      this.events.append(new GROUP_KINDS[group].removed(groupId, { user_id: userId }));
    });
  }

  private async addMember(
    group: Group,
    workspaceId: string,
    groupId: string,
    userId: string,
    field: string,
  ): Promise<void> {
    await this.users.assertActive(workspaceId, userId, field);
    if (await this.members.add(group, workspaceId, groupId, userId))
      this.events.append(new GROUP_KINDS[group].added(groupId, { user_id: userId }));
  }

  private async lock(group: Group, workspaceId: string, groupId: string): Promise<void> {
    if (!(await this.members.lockGroup(group, workspaceId, groupId))) throw notFoundError(GROUP_KINDS[group].name);
  }
}
