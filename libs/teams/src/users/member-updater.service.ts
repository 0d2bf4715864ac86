import { Injectable } from '@nestjs/common';
import type { Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { PresenceService, type UpdateAvailabilityInput } from '../presence/presence.service.js';
import { MemberRolesService } from './member-roles.service.js';
import { ProfilesService, type UpdateProfileInput } from './profiles.service.js';
import type { UserView } from './user.view.js';

/** Changes to a member. Omitted fields keep their value. */
export interface UpdateMemberInput extends UpdateProfileInput, UpdateAvailabilityInput {
  readonly role?: string;
}

/** Updates members: the caller or others. All changes are applied, or none. */
@Injectable()
export class MemberUpdater {
  constructor(
    private readonly presence: PresenceService,
    private readonly roles: MemberRolesService,
    private readonly profiles: ProfilesService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError NOT_FOUND, and as {@link MemberRolesService.update} and {@link ProfilesService.update} */
  update(
    principal: Principal,
    userId: string,
    { role, availability, autoOffline, ...profile }: UpdateMemberInput,
  ): Promise<UserView> {
    return this.unitOfWork.run(async () => {
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
}
