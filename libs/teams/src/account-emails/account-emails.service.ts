import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { mapConstraintErrors } from '@parley/kernel/database';
import { AccountsRepository, type AccountRow } from '../accounts/accounts.repository.js';
import { InvitationMoveService } from '../invitations/invitation-move.service.js';

/** Account after a change of its e-mail. */
export interface ChangedEmail {
  readonly previousEmail: string;
  readonly workspaces: AccountRow['workspaces'];
}

/** E-mail addresses of accounts: which account holds an address (ADR 14). All methods require a unit of work. */
@Injectable()
export class AccountEmailsService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly invitations: InvitationMoveService,
  ) {}

  /**
   * Changes the e-mail of an account. A link that was mailed proves the new address; another link makes the account
   * local to its workspace.
   * @throws DomainError CONFLICT if another account holds the e-mail, or if the user belongs to several workspaces and
   * the link was not mailed.
   */
  async change(userId: string, email: string, isMailed: boolean): Promise<ChangedEmail> {
    const conflictError = (): DomainError =>
      new DomainError('CONFLICT', 'Another user already signs in with this e-mail');
    if (await this.accounts.isEmailHeld(email, userId)) throw conflictError();
    if (!isMailed && !(await this.release(userId)))
      throw new DomainError(
        'CONFLICT',
        'You belong to several workspaces: only a mail to the new address can confirm it',
      );
    const errors = { users_email: conflictError, users_workspace_email: conflictError };
    const previousEmail = await mapConstraintErrors(errors, async () => {
      const before = await this.accounts.setEmail(userId, email);
      if (isMailed) await this.accounts.claimEmail(userId);
      return before;
    });
    return { previousEmail, workspaces: (await this.accounts.find(userId))!.workspaces };
  }

  /**
   * Lets an account hold its address after a mailed link proved it, or makes the account local after another link.
   * Returns false if the account belongs to several workspaces and the link was not mailed.
   */
  async settle(userId: string, isMailed: boolean): Promise<boolean> {
    if (!isMailed) return this.release(userId);
    await this.accounts.claimEmail(userId);
    return true;
  }

  /** Makes an account local to its only workspace. Invitations of other workspaces then concern another account. */
  private async release(userId: string): Promise<boolean> {
    const { is_local: isLocal } = (await this.accounts.find(userId))!;
    if (isLocal) return true;
    await this.invitations.moveAllToNewAccounts(userId);
    return this.accounts.releaseEmail(userId);
  }
}
