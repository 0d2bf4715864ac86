import { Injectable } from '@nestjs/common';
import { unprocessableError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertCanManage } from '../roles/role-rank.js';
import { RolesService } from '../roles/roles.service.js';
import { MemberRoleChanged } from '../teams.events.js';
import type { UserView } from './user.view.js';
import { MembershipsRepository } from '../accounts/memberships.repository.js';
import { UsersService } from './users.service.js';

/** Changes the roles of members. */
@Injectable()
export class MemberRolesService {
  constructor(
    private readonly users: UsersService,
    private readonly memberships: MembershipsRepository,
    private readonly roles: RolesService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Changes the role of a member. Takes effect at once.
   * @throws DomainError NOT_FOUND; FORBIDDEN if the caller ranks below the member or the role; UNPROCESSABLE for an
   * unknown role, or if the workspace would have no owner.
   */
  update(principal: Principal, userId: string, requestedRole: string): Promise<UserView> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      const owners = await this.memberships.lockOwners(workspaceId);
      const before = await this.users.get(workspaceId, userId);
      assertCanManage(principal, before.role);
      const role = await this.roles.resolve(workspaceId, requestedRole);
      assertCanManage(principal, role);
      if (before.role === role) return before;
      if (before.role === 'owner' && owners.every((id) => id === userId))
        throw unprocessableError('A workspace needs an owner: make another user an owner first');
      await this.memberships.setRole(workspaceId, userId, role);
      this.events.append(new MemberRoleChanged(userId, { changed: { role: [before.role, role] } }));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(userId));
      return this.users.get(workspaceId, userId);
    });
  }
}
