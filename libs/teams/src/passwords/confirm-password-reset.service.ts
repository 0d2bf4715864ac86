import { Injectable } from '@nestjs/common';
import { Clock, CredentialCache, DomainError, Events, UnitOfWork } from '@parley/kernel';
import { hashPassword, passwordMatches } from '../auth/passwords.js';
import { SignInGuard } from '../auth/sign-in-guard.service.js';
import { PasswordReset } from '../teams.events.js';
import { UsersRepository } from '../users/users.repository.js';
import { assertGoodPassword, assertOtherPassword } from './password-policy.js';
import { PasswordResetsRepository } from './password-resets.repository.js';
import { hashResetToken } from './reset-token.js';

/** Sets a password by a token, and ends everything that was signed in with the old one. */
@Injectable()
export class ConfirmPasswordReset {
  constructor(
    private readonly resets: PasswordResetsRepository,
    private readonly users: UsersRepository,
    private readonly guard: SignInGuard,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError UNAUTHORIZED for a token that is no good, BAD_REQUEST for a bad password: then the token stays good. */
  async confirm(token: string, password: string, address: string): Promise<void> {
    const tokenHash = hashResetToken(token);
    const user = await this.resets.findUser(tokenHash, this.clock.now());
    if (!user) throw refused();
    const { workspaces = [], password_hash: before = null } = (await this.users.findForSignIn(user.email)) ?? {};
    assertGoodPassword(password, { email: user.email, workspaces: workspaces.map(({ name }) => name) });
    assertOtherPassword(await passwordMatches(before, password));
    const passwordHash = await hashPassword(password);
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      if (!(await this.resets.use(tokenHash, now))) throw refused();
      await this.resets.voidAll(user.id, now);
      await this.users.setPassword(user.id, passwordHash);
      for (const workspace of workspaces) this.events.append(new PasswordReset(user.id, { address }, workspace.id));
      this.unitOfWork.afterCommit(() => this.cache.evictUser(user.id));
    });
    await this.guard.forget(user.email);
  }
}

function refused(): DomainError {
  return new DomainError('UNAUTHORIZED', 'The token is not valid, has expired or was used before: ask for a new one');
}
