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

  /** @throws DomainError NOT_FOUND, UNPROCESSABLE for somebody else who belongs to other workspaces too. */
  update({ workspaceId, userId: callerId }: Principal, userId: string, change: ProfileChange): Promise<UserView> {
    return this.unitOfWork.run(async () => {
      await this.rows.lockPerson(userId);
      const before = await this.users.get(workspaceId, userId);
      const { name = before.name, avatarUrl = before.avatarUrl } = change;
      const changed = changesBetween({ name: before.name, avatar_url: before.avatarUrl }, { name, avatar_url: avatarUrl });
      if (Object.keys(changed).length === 0) return before;
      if (userId !== callerId && (await this.rows.belongsElsewhere(workspaceId, userId))) {
        throw unprocessable('This user belongs to other workspaces too, so only they can change their name and picture: by PATCH /v1/me');
      }
      await this.rows.setProfile(userId, name, avatarUrl);
      this.events.append(new UserUpdated(userId, { changed }));
      return this.users.get(workspaceId, userId);
    });
  }
}
