import { Injectable } from '@nestjs/common';
import { CredentialCache, Events, UnitOfWork, unprocessable, type Principal } from '@parley/kernel';
import { hashPassword, passwordMatches } from '../auth/passwords.js';
import { SignInGuard } from '../auth/sign-in-guard.service.js';
import { WrongCredential } from '../auth/wrong-credential.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { PasswordChanged } from '../teams.events.js';
import { personBehind } from '../users/person.js';
import { UsersRepository } from '../users/users.repository.js';
import { assertGoodPassword, assertOtherPassword } from './password-policy.js';

/** Somebody who has just shown their password. */
export interface ProvedPerson {
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
    private readonly guard: SignInGuard,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
  ) {}

  /**
   * Changes the caller's own password and ends all of their other sessions, in every workspace.
   * @throws DomainError BAD_REQUEST naming what is wrong, UNPROCESSABLE without a password to change, TOO_MANY_REQUESTS after too many wrong tries.
   */
  async change(principal: Principal, current: string, wanted: string, address: string | null): Promise<void> {
    const { userId, email, workspaceName } = await this.prove(principal, 'current_password', current, address);
    assertGoodPassword(wanted, { email, workspaces: [workspaceName] }, 'new_password');
    assertOtherPassword(wanted === current, 'new_password');
    const hash = await hashPassword(wanted);
    await this.unitOfWork.run(async () => {
      await this.users.setPassword(userId, hash);
      await this.sessions.keep(principal.workspaceId, principal.credentialId);
      this.events.append(new PasswordChanged(userId, { address }));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(userId));
    });
  }

  /**
   * Holds that the caller knows their own password; `field` is where it stands in the request.
   * @throws DomainError BAD_REQUEST when it is wrong, UNPROCESSABLE when there is none, TOO_MANY_REQUESTS after too many wrong tries.
   */
  async prove(principal: Principal, field: string, password: string, address: string | null): Promise<ProvedPerson> {
    const userId = personBehind(principal);
    const known = await this.users.findLogin(principal.workspaceId, userId);
    if (!known?.password_hash) throw unprocessable('You have no password: set one by POST /v1/auth/password-reset');
    const { email, password_hash: stored, workspace_name: workspaceName } = known;
    await this.guard.watch(email, address, async () => {
      if (!(await passwordMatches(stored, password)))
        throw new WrongCredential('BAD_REQUEST', 'The request is not valid', {
          [field]: [`${field} is not your password`],
        });
    });
    return { userId, email, workspaceName };
  }
}
