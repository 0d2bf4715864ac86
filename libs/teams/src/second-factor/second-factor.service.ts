import { Injectable } from '@nestjs/common';
import { DomainError, Events, UnitOfWork, unprocessable, type Principal } from '@parley/kernel';
import { SignInGuard } from '../auth/sign-in-guard.service.js';
import { PasswordsService } from '../passwords/passwords.service.js';
import { RecoveryCodesRenewed, SecondFactorDisabled, SecondFactorEnabled } from '../teams.events.js';
import { personBehind } from '../users/person.js';
import { UsersService } from '../users/users.service.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { SecondFactorChecks, type SecondFactorProof } from './second-factor-checks.service.js';
import { SecondFactorsRepository, type SecondFactorRow } from './second-factors.repository.js';
import { newTotpSecret } from './totp.js';

/** Switching the second factor of one's own sign-in on and off. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly rows: SecondFactorsRepository,
    private readonly checks: SecondFactorChecks,
    private readonly passwords: PasswordsService,
    private readonly users: UsersService,
    private readonly guard: SignInGuard,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** Whether a user signs in with a second factor. */
  isOn(userId: string): Promise<boolean> {
    return this.rows.isOn(userId);
  }

  /**
   * Makes a secret for the caller's authenticator app. Nothing is asked of them until they have confirmed it.
   * @throws DomainError BAD_REQUEST for a wrong password, CONFLICT while a second factor is on, UNPROCESSABLE for a service key.
   */
  async begin(
    principal: Principal,
    password: string,
    address: string,
  ): Promise<{ readonly secret: string; readonly url: string }> {
    const { userId, email } = await this.passwords.prove(principal, 'password', password, address);
    const made = newTotpSecret(email);
    const kept = await this.unitOfWork.run(() => this.rows.begin(userId, this.checks.seal(userId, made.secret)));
    if (!kept) throw new DomainError('CONFLICT', 'Your second factor is on already: switch it off first');
    return made;
  }

  /**
   * Switches the second factor on, once a code shows that the app has the secret, and gives ten recovery codes.
   * @throws DomainError UNAUTHORIZED for a wrong code, UNPROCESSABLE when nothing was begun, CONFLICT while it is on, TOO_MANY_REQUESTS
   */
  async confirm(principal: Principal, code: string, address: string): Promise<string[]> {
    const userId = personBehind(principal);
    return this.watched(principal, userId, address, async () => {
      const row = await this.rows.lock(userId);
      if (!row) throw unprocessable('There is no secret to confirm: begin by POST /v1/auth/totp');
      if (row.enabled_at) throw new DomainError('CONFLICT', 'Your second factor is on already');
      const step = await this.checks.step(userId, row, code);
      const codes = newRecoveryCodes();
      await this.rows.enable(userId, step, hashesOf(codes, userId));
      this.events.append(new SecondFactorEnabled(userId, { address }));
      return codes;
    });
  }

  /**
   * Switches the second factor off.
   * @throws DomainError UNAUTHORIZED for a wrong code, UNPROCESSABLE when there is none, TOO_MANY_REQUESTS
   */
  async disable(principal: Principal, proof: SecondFactorProof, address: string): Promise<void> {
    const userId = personBehind(principal);
    await this.watched(principal, userId, address, async () => {
      await this.checks.use(userId, await this.lockEnabled(userId), proof);
      await this.rows.delete(userId);
      this.events.append(new SecondFactorDisabled(userId, { address }));
    });
  }

  /**
   * Gives ten new recovery codes; those before no longer work.
   * @throws DomainError BAD_REQUEST for a wrong password, UNAUTHORIZED for a wrong code, UNPROCESSABLE when there is no second factor, TOO_MANY_REQUESTS
   */
  async renewRecoveryCodes(
    principal: Principal,
    password: string,
    proof: SecondFactorProof,
    address: string,
  ): Promise<string[]> {
    const { userId } = await this.passwords.prove(principal, 'password', password, address);
    return this.watched(principal, userId, address, async () => {
      await this.checks.use(userId, await this.lockEnabled(userId), proof);
      const codes = newRecoveryCodes();
      await this.rows.setRecoveryCodes(userId, hashesOf(codes, userId));
      this.events.append(new RecoveryCodesRenewed(userId, { address }));
      return codes;
    });
  }

  private async lockEnabled(userId: string): Promise<SecondFactorRow> {
    const row = await this.rows.lock(userId);
    if (!row?.enabled_at) throw unprocessable('You have no second factor: begin by POST /v1/auth/totp');
    return row;
  }

  private async watched<T>(
    { workspaceId }: Principal,
    userId: string,
    address: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const { email } = await this.users.get(workspaceId, userId);
    return this.guard.watch(email, address, () => this.unitOfWork.run(work));
  }
}

function hashesOf(codes: readonly string[], userId: string): string[] {
  return codes.map((one) => hashRecoveryCode(one, userId));
}
