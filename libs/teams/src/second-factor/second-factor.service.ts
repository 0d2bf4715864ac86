import { Injectable } from '@nestjs/common';
import { DomainError, unprocessableError, type Principal } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { AccountPolicy } from '../accounts/account-policy.service.js';
import { memberKey } from '../sign-in-attempts/attempt-keys.js';
import { LoginThrottle } from '../sign-in-attempts/login-throttle.service.js';
import { PasswordsService } from '../passwords/passwords.service.js';
import { RecoveryCodesRenewed, SecondFactorDisabled, SecondFactorEnabled } from '../teams.events.js';
import { requireUserId } from '../users/principal-user.js';
import { hashRecoveryCode, generateRecoveryCodes } from './recovery-codes.js';
import { SecondFactorVerifier, type SecondFactorProof } from './second-factor-verifier.service.js';
import { SecondFactorsRepository, type SecondFactorRow } from './second-factors.repository.js';
import { generateTotpSecret } from './totp.js';

/** Manages the second factor of the caller. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly secondFactors: SecondFactorsRepository,
    private readonly verifier: SecondFactorVerifier,
    private readonly passwords: PasswordsService,
    private readonly accountPolicy: AccountPolicy,
    private readonly throttle: LoginThrottle,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /** True if the user has a second factor enabled. */
  isEnabled(userId: string): Promise<boolean> {
    return this.secondFactors.isEnabled(userId);
  }

  /**
   * Creates a secret for the caller's authenticator app. It has no effect until it is confirmed.
   * @throws DomainError BAD_REQUEST for a wrong password, CONFLICT if a second factor is enabled, UNPROCESSABLE for a
   * service key.
   */
  async createSecret(
    principal: Principal,
    password: string,
    address: string,
  ): Promise<{ readonly secret: string; readonly url: string }> {
    const { userId, email } = await this.passwords.verify(principal, 'password', password, address);
    const totpSecret = generateTotpSecret(email);
    const isStored = await this.unitOfWork.run(() =>
      this.secondFactors.savePending(userId, this.verifier.seal(userId, totpSecret.secret)),
    );
    if (!isStored) throw new DomainError('CONFLICT', 'Your second factor is already enabled: disable it first');
    return totpSecret;
  }

  /**
   * Enables the second factor after a code proves that the app has the secret. Returns ten recovery codes.
   * @throws DomainError UNAUTHORIZED for a wrong code, UNPROCESSABLE if there is no secret, CONFLICT if it is already
   * enabled, TOO_MANY_REQUESTS
   */
  async confirm(principal: Principal, code: string, address: string): Promise<string[]> {
    const userId = requireUserId(principal);
    return this.runThrottled(principal, userId, address, async () => {
      const row = await this.secondFactors.lock(userId);
      if (!row) throw unprocessableError('There is no secret to confirm: create one with POST /v1/auth/totp');
      if (row.enabled_at) throw new DomainError('CONFLICT', 'Your second factor is already enabled');
      const step = await this.verifier.verifyTotpCode(userId, row, code);
      const codes = generateRecoveryCodes();
      await this.secondFactors.enable(userId, step, hashRecoveryCodes(codes, userId));
      this.events.append(new SecondFactorEnabled(userId, { address }));
      return codes;
    });
  }

  /**
   * Disables the second factor.
   * @throws DomainError UNAUTHORIZED for a wrong code, UNPROCESSABLE if there is no second factor, TOO_MANY_REQUESTS
   */
  async disable(principal: Principal, proof: SecondFactorProof, address: string): Promise<void> {
    const userId = requireUserId(principal);
    await this.runThrottled(principal, userId, address, async () => {
      await this.verifier.useCode(userId, await this.lockEnabled(userId), proof);
      await this.secondFactors.delete(userId);
      this.events.append(new SecondFactorDisabled(userId, { address }));
    });
  }

  /**
   * Returns ten new recovery codes; the previous ones stop working.
   * @throws DomainError BAD_REQUEST for a wrong password, UNAUTHORIZED for a wrong code, UNPROCESSABLE if there is no
   * second factor, TOO_MANY_REQUESTS
   */
  async renewRecoveryCodes(
    principal: Principal,
    password: string,
    proof: SecondFactorProof,
    address: string,
  ): Promise<string[]> {
    const { userId } = await this.passwords.verify(principal, 'password', password, address);
    return this.runThrottled(principal, userId, address, async () => {
      await this.verifier.useCode(userId, await this.lockEnabled(userId), proof);
      const codes = generateRecoveryCodes();
      await this.secondFactors.setRecoveryCodes(userId, hashRecoveryCodes(codes, userId));
      this.events.append(new RecoveryCodesRenewed(userId, { address }));
      return codes;
    });
  }

  private async lockEnabled(userId: string): Promise<SecondFactorRow> {
    const row = await this.secondFactors.lock(userId);
    if (!row?.enabled_at) throw unprocessableError('You have no second factor: set it up with POST /v1/auth/totp');
    return row;
  }

  private async runThrottled<T>(
    principal: Principal,
    userId: string,
    address: string,
    work: () => Promise<T>,
  ): Promise<T> {
    await this.accountPolicy.assertCanChange(principal);
    return this.throttle.guard(memberKey(userId), address, () => this.unitOfWork.run(work));
  }
}

function hashRecoveryCodes(codes: readonly string[], userId: string): string[] {
  return codes.map((code) => hashRecoveryCode(code, userId));
}
