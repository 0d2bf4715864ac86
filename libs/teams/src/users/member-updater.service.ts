import { Injectable } from '@nestjs/common';
import type { Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { PresenceService, type UpdateAvailabilityInput } from '../presence/presence.service.js';
import { assertCanManage, isBelowAdmin } from '../roles/role-rank.js';
import { MemberRolesService } from './member-roles.service.js';
import { ProfilesService, type UpdateProfileInput } from './profiles.service.js';
import type { UserView } from './user.view.js';
import { UsersService } from './users.service.js';

/** Changes to a member. Omitted fields keep their value. */
export interface UpdateMemberInput extends UpdateProfileInput, UpdateAvailabilityInput {
  readonly role?: string;
}

/** Updates members: the caller or others. All changes are applied, or none. */
@Injectable()
export class MemberUpdater {
  constructor(
    private readonly users: UsersService,
    private readonly presence: PresenceService,
    private readonly roles: MemberRolesService,
    private readonly profiles: ProfilesService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Other owners and admins can be changed only by an owner or admin whose role is not lower.
   * @throws DomainError NOT_FOUND, FORBIDDEN, and as {@link MemberRolesService.update} and {@link ProfilesService.update}
   */
  update(
    principal: Principal,
    userId: string,
    { role, availability, autoOffline, ...profile }: UpdateMemberInput,
  ): Promise<UserView> {
    return this.unitOfWork.run(async () => {
      if (userId !== principal.userId) await this.assertCanChange(principal, userId);
      if (role !== undefined) await this.roles.update(principal, userId, role);
      if (availability !== undefined || autoOffline !== undefined)
        await this.presence.setAvailability(
          principal.workspaceId,
          userId,
          { availability, autoOffline },
          userId === principal.userId,
        );
      return this.profiles.update(principal, userId, profile);
    });
  }

  private async assertCanChange(principal: Principal, userId: string): Promise<void> {
    const { role } = await this.users.get(principal.workspaceId, userId);
    if (!isBelowAdmin(role)) assertCanManage(principal, role);
  }
}
