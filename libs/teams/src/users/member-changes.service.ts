import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Principal } from '@parley/kernel';
import { Presence, type AvailabilityChange } from '../presence/presence.service.js';
import { MemberRoles } from './member-roles.service.js';
import { Profiles, type ProfileChange } from './profiles.service.js';
import type { UserView } from './user.view.js';

/** What to change about a member; what is left out stays. */
export interface MemberChange extends ProfileChange, AvailabilityChange {
  readonly role?: string;
}

/** Changing members, oneself or others: all that is asked for, or nothing. */
@Injectable()
export class MemberChanges {
  constructor(
    private readonly presence: Presence,
    private readonly roles: MemberRoles,
    private readonly profiles: Profiles,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError NOT_FOUND, and as {@link MemberRoles.change} and {@link Profiles.update} */
  update(
    principal: Principal,
    userId: string,
    { role, availability, autoOffline, ...profile }: MemberChange,
  ): Promise<UserView> {
    return this.unitOfWork.run(async () => {
      if (role !== undefined) await this.roles.change(principal, userId, role);
      if (availability !== undefined || autoOffline !== undefined)
        await this.presence.set(
          principal.workspaceId,
          userId,
          { availability, autoOffline },
          userId === principal.userId,
        );
      return this.profiles.update(principal, userId, profile);
    });
  }
}
