import { Injectable } from '@nestjs/common';
import { notFoundError, sentence, THE_FIELD, unprocessableFieldError } from '@parley/kernel';
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

  /**
   * Asserts that the user is an active member; in a unit of work, the user stays active until it ends. `field` is the
   * field of the input that refers to the user, for the error.
   * @throws DomainError UNPROCESSABLE
   */
  async assertActive(workspaceId: string, userId: string, field = 'userId'): Promise<void> {
    if (!(await this.isActive(workspaceId, userId)))
      throw unprocessableFieldError(
        field,
        sentence`${THE_FIELD}: ${userId} is not an active user of this workspace`,
        userId,
      );
  }

  /** Returns true if the user is an active member. In a unit of work, the user stays active until it ends. */
  isActive(workspaceId: string, userId: string): Promise<boolean> {
    return this.users.isActive(workspaceId, userId);
  }

  /** Returns the IDs that belong to active members. */
  filterActive(workspaceId: string, userIds: readonly string[]): Promise<Set<string>> {
    return this.users.filterActive(workspaceId, userIds);
  }

  /** Returns the IDs of the active owners and admins. */
  listAdminIds(workspaceId: string): Promise<string[]> {
    return this.users.listAdminIds(workspaceId);
  }
}
