import { Injectable } from '@nestjs/common';
import { unprocessableError, type Principal } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { hashPassword, verifyPassword } from '../auth/passwords.js';
import { LoginThrottle } from '../auth/login-throttle.service.js';
import { WrongCredentialError } from '../auth/wrong-credential-error.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { PasswordChanged } from '../teams.events.js';
import { requireUserId } from '../users/principal-user.js';
import { UsersRepository } from '../users/users.repository.js';
import { assertValidPassword, assertPasswordDiffers } from './password-policy.js';

/** Somebody who has just shown their password. */
export interface VerifiedUser {
  readonly userId: string;
  readonly email: string;
  /** What the workspace is called that they call from. */
  readonly workspaceName: string;
}

/** The password that somebody signs in with. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly throttle: LoginThrottle,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Changes the caller's own password and ends all of their other sessions, in every workspace.
   * @throws DomainError BAD_REQUEST naming what is wrong, UNPROCESSABLE without a password to change, TOO_MANY_REQUESTS after too many wrong tries.
   */
  async change(
    principal: Principal,
    currentPassword: string,
    newPassword: string,
    address: string | null,
  ): Promise<void> {
    const { userId, email, workspaceName } = await this.verify(principal, 'current_password', currentPassword, address);
    assertValidPassword(newPassword, { email, workspaces: [workspaceName] }, 'new_password');
    assertPasswordDiffers(newPassword === currentPassword, 'new_password');
    const hash = await hashPassword(newPassword);
    await this.unitOfWork.run(async () => {
      await this.users.setPassword(userId, hash);
      await this.sessions.markProved(principal.workspaceId, principal.credentialId);
      this.events.append(new PasswordChanged(userId, { address }));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(userId));
    });
  }

  /**
   * Holds that the caller knows their own password; `field` is where it stands in the request.
   * @throws DomainError BAD_REQUEST when it is wrong, UNPROCESSABLE when there is none, TOO_MANY_REQUESTS after too many wrong tries.
   */
  async verify(principal: Principal, field: string, password: string, address: string | null): Promise<VerifiedUser> {
    const userId = requireUserId(principal);
    const login = await this.users.findLogin(principal.workspaceId, userId);
    if (!login?.password_hash)
      throw unprocessableError('You have no password: set one by POST /v1/auth/password-reset');
    const { email, password_hash: storedHash, workspace_name: workspaceName } = login;
    await this.throttle.guard(email, address, async () => {
      if (!(await verifyPassword(storedHash, password)))
        throw new WrongCredentialError('BAD_REQUEST', 'The request is not valid', {
          [field]: [`${field} is not your password`],
        });
    });
    return { userId, email, workspaceName };
  }
}
