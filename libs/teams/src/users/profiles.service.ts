import { Injectable } from '@nestjs/common';
import { changesBetween, Events, UnitOfWork, unprocessable, type Principal } from '@parley/kernel';
import { UserUpdated } from '../teams.events.js';
import type { UserView } from './user.view.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** How a person shows themselves to others; what is left out stays. */
export interface ProfileChange {
  readonly name?: string;
  readonly avatarUrl?: string | null;
}

/** What people are called, and their pictures: the same in all of their workspaces. */
@Injectable()
export class Profiles {
  constructor(
    private readonly rows: UsersRepository,
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** @throws DomainError NOT_FOUND, UNPROCESSABLE for somebody else who belongs to other workspaces too, and for the picture of who has not joined. */
  update({ workspaceId, userId: callerId }: Principal, userId: string, change: ProfileChange): Promise<UserView> {
    return this.unitOfWork.run(async () => {
      await this.rows.lockPerson(userId);
      const before = await this.users.get(workspaceId, userId);
      const { name = before.name, avatarUrl = before.avatarUrl } = change;
      const changed = changesBetween(
        { name: before.name, avatar_url: before.avatarUrl },
        { name, avatar_url: avatarUrl },
      );
      if (Object.keys(changed).length === 0) return before;
      const elsewhere = userId !== callerId && (await this.rows.belongsElsewhere(workspaceId, userId));
      if (before.status === 'invited') await this.renameInvited(workspaceId, before, name, avatarUrl);
      else if (elsewhere)
        throw unprocessable(
          'This user belongs to other workspaces too, so only they can change their name and picture: by PATCH /v1/me',
        );
      if (!elsewhere) await this.rows.setProfile(userId, name, avatarUrl);
      this.events.append(new UserUpdated(userId, { changed }));
      return this.users.get(workspaceId, userId);
    });
  }

  /** The same whether or not the person has an account, so that it does not tell. */
  private async renameInvited(
    workspaceId: string,
    { id }: UserView,
    name: string,
    avatarUrl: string | null,
  ): Promise<void> {
    if (avatarUrl !== null)
      throw unprocessable('This user has not joined: their picture is theirs to choose', { status: 'invited' });
    await this.rows.renameInvited(workspaceId, id, name);
  }
}
