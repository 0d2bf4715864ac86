import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@parley/kernel';
import { CredentialCache } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { hashPassword, verifyPassword } from '../auth/passwords.js';
import { LoginThrottle } from '../sign-in-attempts/login-throttle.service.js';
import { PasswordReset } from '../teams.events.js';
import { UsersRepository } from '../users/users.repository.js';
import { assertValidPassword, assertPasswordDiffers } from './password-policy.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { hashResetToken } from './reset-token.js';

/** Sets a password with a reset token and ends all sessions of the user. */
@Injectable()
export class PasswordResetConfirmationService {
  constructor(
    private readonly resets: PasswordResetsRepository,
    private readonly users: UsersRepository,
    private readonly throttle: LoginThrottle,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError UNAUTHORIZED for an invalid token, BAD_REQUEST for an invalid password, in which case the token
   * stays valid.
   */
  async confirm(token: string, password: string, address: string): Promise<void> {
    const tokenHash = hashResetToken(token);
    const user = await this.resets.findUser(tokenHash, this.clock.now());
    if (!user) throw invalidTokenError();
    const { workspaces = [], password_hash: before = null } = (await this.users.findForSignIn(user.email)) ?? {};
    assertValidPassword(password, { email: user.email, workspaces: workspaces.map(({ name }) => name) });
    assertPasswordDiffers(await verifyPassword(before, password));
    const passwordHash = await hashPassword(password);
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      if (!(await this.resets.useToken(tokenHash, now))) throw invalidTokenError();
      await this.resets.revokeAll(user.id, now);
      await this.users.setPassword(user.id, passwordHash);
      for (const workspace of workspaces) this.events.append(new PasswordReset(user.id, { address }, workspace.id));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(user.id));
    });
    await this.throttle.reset(user.email);
  }
}

function invalidTokenError(): DomainError {
  return new DomainError('UNAUTHORIZED', 'The token is invalid, expired or already used: request a new one');
}
