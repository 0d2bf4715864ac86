import { Injectable } from '@nestjs/common';
import { unprocessableError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { AccountPolicy } from '../accounts/account-policy.service.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { hashPassword, verifyPassword } from '../auth/passwords.js';
import { memberKey } from '../sign-in-attempts/attempt-keys.js';
import { LoginThrottle } from '../sign-in-attempts/login-throttle.service.js';
import { WrongPasswordError } from '../sign-in-attempts/wrong-credential-error.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { PasswordChanged } from '../teams.events.js';
import { requireUserId } from '../users/principal-user.js';
import { assertValidPassword, assertPasswordDiffers } from './password-policy.js';

/** User who has just proved their password. */
export interface VerifiedUser {
  readonly userId: string;
  readonly email: string;
  /** Name of the workspace of the request. */
  readonly workspaceName: string;
}

/** Passwords of users. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly accountPolicy: AccountPolicy,
    private readonly sessions: SessionsRepository,
    private readonly throttle: LoginThrottle,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Changes the caller's password and ends all of their other sessions, in all workspaces.
   * @throws DomainError BAD_REQUEST for a wrong or invalid password, UNPROCESSABLE if the caller has no password,
   * TOO_MANY_REQUESTS after too many failed attempts.
   */
  async change(
    principal: Principal,
    currentPassword: string,
    newPassword: string,
    address: string | null,
  ): Promise<void> {
    const { userId, email, workspaceName } = await this.verify(principal, 'currentPassword', currentPassword, address);
    assertValidPassword(newPassword, { email, workspaces: [workspaceName] }, 'newPassword');
    assertPasswordDiffers(newPassword === currentPassword, 'newPassword');
    const hash = await hashPassword(newPassword);
    await this.unitOfWork.run(async () => {
      await this.accounts.setPassword(userId, hash);
      await this.sessions.markAuthenticated(principal.workspaceId, principal.credentialId);
      this.events.append(new PasswordChanged(userId, { address }));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(userId));
    });
  }

  /**
   * Verifies the caller's password. `field` is the field of the input that holds it, for the error.
   * @throws DomainError BAD_REQUEST if it is wrong, FORBIDDEN if the caller cannot change their account, UNPROCESSABLE
   * if they have no password, TOO_MANY_REQUESTS after too many failed attempts.
   */
  async verify(principal: Principal, field: string, password: string, address: string | null): Promise<VerifiedUser> {
    const userId = requireUserId(principal);
    await this.accountPolicy.assertCanChange(principal);
    const login = await this.accounts.findLogin(principal.workspaceId, userId);
    if (!login?.password_hash)
      throw unprocessableError('You have no password: set one with POST /v1/auth/password-reset');
    const { email, password_hash: storedHash, workspace_name: workspaceName } = login;
    await this.throttle.guard(memberKey(userId), address, async () => {
      if (!(await verifyPassword(storedHash, password)))
        throw new WrongPasswordError(field, 'is not your current password');
    });
    return { userId, email, workspaceName };
  }
}
