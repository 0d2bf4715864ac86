import { Injectable } from '@nestjs/common';
import { unprocessableError, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { changesBetween, Events } from '@parley/kernel/events';
import { UserUpdated } from '../teams.events.js';
import type { UserView } from './user.view.js';
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
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Updates the name and picture of a user.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE for another user who belongs to other workspaces too, and for the
   * picture of an invited user.
   */
  update({ workspaceId, userId: callerId }: Principal, userId: string, change: UpdateProfileInput): Promise<UserView> {
    return this.unitOfWork.run(async () => {
      await this.usersRepository.lockUser(userId);
      const before = await this.users.get(workspaceId, userId);
      const { name = before.name, avatarUrl = before.avatarUrl } = change;
      const changed = changesBetween(
        { name: before.name, avatar_url: before.avatarUrl },
        { name, avatar_url: avatarUrl },
      );
      if (Object.keys(changed).length === 0) return before;
      const hasOtherWorkspaces =
        userId !== callerId && (await this.usersRepository.hasOtherWorkspaces(workspaceId, userId));
      if (before.status === 'invited') await this.renameInvited(workspaceId, before, name, avatarUrl);
      else if (hasOtherWorkspaces)
        throw unprocessableError(
          'This user belongs to other workspaces too, so only they can change their name and picture, with PATCH ' +
            '/v1/me',
        );
      if (!hasOtherWorkspaces) await this.usersRepository.setProfile(userId, name, avatarUrl);
      this.events.append(new UserUpdated(userId, { changed }));
      return this.users.get(workspaceId, userId);
    });
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
    await this.usersRepository.renameInvited(workspaceId, id, name);
  }
}
