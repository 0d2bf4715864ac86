import { Injectable } from '@nestjs/common';
import { DomainError } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { AccountEmailsService } from '../account-emails/account-emails.service.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { hashPassword, verifyPassword } from '../auth/passwords.js';
import { memberKey } from '../sign-in-attempts/attempt-keys.js';
import { LoginThrottle } from '../sign-in-attempts/login-throttle.service.js';
import { PasswordReset } from '../teams.events.js';
import { assertValidPassword, assertPasswordDiffers } from './password-policy.js';
import type { PasswordResetPreview } from './password-reset.view.js';
import { PasswordResetsService } from './password-resets.service.js';

/** Sets a password with a reset token and ends all sessions of the user. */
@Injectable()
export class PasswordResetConfirmationService {
  constructor(
    private readonly resets: PasswordResetsService,
    private readonly accounts: AccountsRepository,
    private readonly emails: AccountEmailsService,
    private readonly throttle: LoginThrottle,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Returns the reset of a token, without using it up.
   * @throws DomainError UNAUTHORIZED for an invalid token.
   */
  async preview(token: string): Promise<PasswordResetPreview> {
    const user = await this.resets.findUser(token);
    if (!user) throw invalidTokenError();
    const { workspaces } = (await this.accounts.find(user.id))!;
    return {
      email: user.email,
      workspaceNames: workspaces.map(({ name }) => name),
      locale: workspaces[0]?.locale ?? 'en',
      expiresAt: user.expires_at,
    };
  }

  /**
   * A mailed link proves the address of the account. A link of an admin does not, so it makes the account local to its
   * workspace; it is invalid if the user has joined another one.
   * @throws DomainError UNAUTHORIZED for an invalid token, BAD_REQUEST for an invalid password, in which case the token
   * stays valid.
   */
  async confirm(token: string, password: string, address: string): Promise<void> {
    const user = await this.resets.findUser(token);
    if (!user) throw invalidTokenError();
    const { workspaces, password_hash: before, is_only_account: isOnlyAccount } = (await this.accounts.find(user.id))!;
    assertValidPassword(password, { email: user.email, workspaces: workspaces.map(({ name }) => name) });
    assertPasswordDiffers(await verifyPassword(before, password));
    const passwordHash = await hashPassword(password);
    await this.unitOfWork.run(async () => {
      if (!(await this.resets.redeem(token, user.id))) throw invalidTokenError();
      if (!(await this.emails.settle(user.id, user.mailed))) throw invalidTokenError();
      await this.accounts.setPassword(user.id, passwordHash);
      for (const workspace of workspaces) this.events.append(new PasswordReset(user.id, { address }, workspace.id));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(user.id));
    });
    await this.throttle.reset(memberKey(user.id));
    // A link of an admin must not reset the attempts to guess the password of another account with the address.
    if (user.mailed || isOnlyAccount) await this.throttle.resetSignIn(user.email, address);
  }
}

function invalidTokenError(): DomainError {
  return new DomainError('UNAUTHORIZED', 'The token is invalid, expired or already used: request a new one');
}
