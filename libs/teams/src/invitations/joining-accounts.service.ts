import { Injectable } from '@nestjs/common';
import type { SignInTarget } from '../auth/sign-in-tokens.service.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { passwordRequirement } from './invitation-authenticator.service.js';
import { InvitationMoveService } from './invitation-move.service.js';
import type { PendingInvitationRow } from './invitations.repository.js';

/** Accounts of users who accept an invitation. All methods require a unit of work. */
@Injectable()
export class JoiningAccountsService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly moves: InvitationMoveService,
  ) {}

  /** Returns the ID of the user who joins, to whom the invitation belongs afterwards. */
  async resolveUser(invitation: PendingInvitationRow): Promise<string> {
    const { workspace_id: workspaceId, invited_user_id: invitedId, user_id: userId, is_local: isLocal } = invitation;
    if (passwordRequirement(invitation) === 'new' && !isLocal) return this.moves.moveToNewAccount(workspaceId, userId);
    await this.moves.move(workspaceId, invitedId, userId);
    return userId;
  }

  /**
   * Sets the password of a new user. The account holds its address if the link was mailed. Returns false if the user has
   * a password by now.
   */
  async setPassword(
    userId: string,
    passwordHash: string,
    name: string | null,
    { mailed }: PendingInvitationRow,
  ): Promise<boolean> {
    if (!(await this.accounts.setFirstPassword(userId, passwordHash, name))) return false;
    if (mailed) await this.accounts.claimEmail(userId);
    return true;
  }

  /** A user who proved only the possession of a link does not see their other workspaces. */
  async resolveSignInTarget(userId: string, invitation: PendingInvitationRow): Promise<SignInTarget> {
    const { workspace_id: workspaceId, workspace_name: name } = invitation;
    if (passwordRequirement(invitation) === 'none')
      return { workspaceId, workspaces: [{ id: workspaceId, name }], byPassword: false };
    const { workspaces } = (await this.accounts.find(userId))!;
    return { workspaceId, workspaces, byPassword: true };
  }
}
