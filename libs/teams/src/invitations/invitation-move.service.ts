import { Injectable } from '@nestjs/common';
import { newId } from '@parley/kernel';
import { UsersRepository } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import { InvitationsRepository } from './invitations.repository.js';

/** Moves invitations from one account to another. All methods require a unit of work. */
@Injectable()
export class InvitationMoveService {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly members: UsersRepository,
    private readonly users: UsersService,
  ) {}

  /** Moves an invitation to the account of another user. */
  async move(workspaceId: string, fromUserId: string, toUserId: string): Promise<void> {
    if (fromUserId !== toUserId) await this.invitations.move(workspaceId, fromUserId, toUserId);
  }

  /**
   * Moves the invitation of a user to a new account of the workspace without a password, and returns its ID. For
   * accounts that hold their address, whose user has not consented.
   */
  async moveToNewAccount(workspaceId: string, userId: string): Promise<string> {
    const { email, name } = await this.users.get(workspaceId, userId);
    const id = newId();
    await this.members.add({ id, email, name, passwordHash: null, homeWorkspaceId: workspaceId });
    await this.invitations.move(workspaceId, userId, id);
    return id;
  }

  /** Moves all invitations of a user to new accounts. */
  async moveAllToNewAccounts(userId: string): Promise<void> {
    for (const workspaceId of await this.invitations.listWorkspaceIds(userId))
      await this.moveToNewAccount(workspaceId, userId);
  }
}
