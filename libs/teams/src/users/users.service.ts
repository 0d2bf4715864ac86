import { Injectable } from '@nestjs/common';
import { notFoundError, unprocessableError } from '@parley/kernel';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import type { UserView } from './user.view.js';
import { UsersRepository, type UserOrder, type UsersFilter } from './users.repository.js';

/** The members of a workspace. */
@Injectable()
export class UsersService {
  constructor(private readonly users: UsersRepository) {}

  list(workspaceId: string, filter: UsersFilter, orderBy: UserOrder, request: PageRequest): Promise<Page<UserView>> {
    return this.users.list(workspaceId, filter, orderBy, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, userId: string): Promise<UserView> {
    const user = await this.users.find(workspaceId, userId);
    if (!user) throw notFoundError('User');
    return user;
  }

  /** The member, or null. */
  find(workspaceId: string, userId: string): Promise<UserView | null> {
    return this.users.find(workspaceId, userId);
  }

  /** `field` is where the id stands in the request. @throws DomainError UNPROCESSABLE naming it when the user is no active member, so nothing can be given to them. */
  async assertActive(workspaceId: string, userId: string, field = 'user_id'): Promise<void> {
    const active = await this.users.filterActive(workspaceId, [userId]);
    if (!active.has(userId)) throw unprocessableError('There is no active user with this id', { [field]: userId });
  }

  /** Those of the ids that are active members. */
  filterActive(workspaceId: string, userIds: readonly string[]): Promise<Set<string>> {
    return this.users.filterActive(workspaceId, userIds);
  }
}
