import { Injectable } from '@nestjs/common';
import { notFoundError } from '@parley/kernel';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import type { UserView } from './user.view.js';
import { UsersRepository, type UserOrder, type UsersFilter } from './users.repository.js';

/** Members of a workspace. */
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

  /** Returns the member, or null. */
  find(workspaceId: string, userId: string): Promise<UserView | null> {
    return this.users.find(workspaceId, userId);
  }

  /** Returns the IDs of the active owners and admins. */
  listAdminIds(workspaceId: string): Promise<string[]> {
    return this.users.listAdminIds(workspaceId);
  }
}
