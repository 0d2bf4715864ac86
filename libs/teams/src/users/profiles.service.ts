import { Injectable } from '@nestjs/common';
import { unprocessableError, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { AccountPolicy } from '../accounts/account-policy.service.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { UserUpdated } from '../teams.events.js';
import type { UserView } from './user.view.js';
import { MembershipsRepository } from '../accounts/memberships.repository.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Changes to a profile. Omitted fields keep their value. */
export interface UpdateProfileInput {
  readonly name?: string;
  readonly avatarUrl?: string | null;
}

/** Names and pictures of users, the same in all of their workspaces. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly usersRepository: UsersRepository,
    private readonly memberships: MembershipsRepository,
    private readonly users: UsersService,
    private readonly accounts: AccountsRepository,
    private readonly accountPolicy: AccountPolicy,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Updates the name and picture of a user.
   * @throws DomainError NOT_FOUND; FORBIDDEN for the caller's own account if they did not sign in with its password;
   * UNPROCESSABLE for another user who belongs to other workspaces too, and for the picture of an invited user.
   */
  update(principal: Principal, userId: string, change: UpdateProfileInput): Promise<UserView> {
    const { workspaceId } = principal;
    return this.unitOfWork.run(async () => {
      await this.usersRepository.lockUser(userId);
      const before = await this.users.get(workspaceId, userId);
      const { name = before.name, avatarUrl = before.avatarUrl } = change;
      const changed = changesBetween(
        { name: before.name, avatar_url: before.avatarUrl },
        { name, avatar_url: avatarUrl },
      );
      if (Object.keys(changed).length === 0) return before;
      if (before.status === 'invited') await this.renameInvited(workspaceId, before, name, avatarUrl);
      else {
        await this.assertCanChange(principal, userId);
        await this.usersRepository.setProfile(userId, name, avatarUrl);
      }
      this.events.append(new UserUpdated(userId, { changed }));
      return this.users.get(workspaceId, userId);
    });
  }

  private async assertCanChange(principal: Principal, userId: string): Promise<void> {
    if (userId === principal.userId) return this.accountPolicy.assertCanChange(principal);
    if (await this.usersRepository.hasOtherWorkspaces(principal.workspaceId, userId))
      throw unprocessableError(
        'This user belongs to other workspaces too, so only they can change their name and picture, with PATCH ' +
          '/v1/me',
      );
  }

  /** Behaves the same if the invited person has an account, so that the response does not reveal it. */
  private async renameInvited(
    workspaceId: string,
    { id }: UserView,
    name: string,
    avatarUrl: string | null,
  ): Promise<void> {
    if (avatarUrl !== null)
      throw unprocessableError('This user has not joined yet: only they can set their picture', { status: 'invited' });
    await this.memberships.renameInvited(workspaceId, id, name);
    if ((await this.accounts.find(id))!.is_local) await this.usersRepository.setProfile(id, name, null);
  }
}
