import { Inject, Injectable } from '@nestjs/common';
import { Clock, DomainError, invalidInputError, sentence, THE_FIELD } from '@parley/kernel';
import { encryptSecret, decryptSecret } from '@parley/kernel/auth';
import { UnitOfWork } from '@parley/kernel/database';
import { WrongCredentialError } from '../sign-in-attempts/wrong-credential-error.js';
import { SEALING_KEY } from '../sealing/sealing-key.js';
import { hashRecoveryCode } from './recovery-codes.js';
import { SecondFactorsRepository, type SecondFactorRow } from './second-factors.repository.js';
import { findTotpStep } from './totp.js';

/** Code of a second factor: one of the two. */
export interface SecondFactorProof {
  readonly totpCode?: string;
  readonly recoveryCode?: string;
}

/** Verifies codes of authenticator apps and recovery codes. */
@Injectable()
export class SecondFactorVerifier {
  constructor(
    @Inject(SEALING_KEY) private readonly sealingKey: Buffer,
    private readonly secondFactors: SecondFactorsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Encrypts the secret of a user's app. */
  seal(userId: string, secret: string): string {
    return encryptSecret(secret, userId, this.sealingKey);
  }

  /**
   * Verifies the second factor of a user, if they have one, and marks the code as used.
   * @throws DomainError UNAUTHORIZED. A missing code does not count as a failed attempt; a wrong one does.
   */
  async verify(userId: string, proof: SecondFactorProof): Promise<void> {
    await this.unitOfWork.run(async () => {
      const row = await this.secondFactors.lock(userId);
      if (row?.enabled_at) await this.useCode(userId, row, proof);
    });
  }

  /**
   * Verifies a code and marks it as used. Requires a unit of work that has locked the row.
   * @throws DomainError as {@link verify}
   */
  async useCode(userId: string, row: SecondFactorRow, { totpCode, recoveryCode }: SecondFactorProof): Promise<void> {
    if (totpCode !== undefined && recoveryCode !== undefined)
      throw invalidInputError(
        'recoveryCode',
        sentence`${THE_FIELD} cannot be combined with ${['totpCode']}: send one of them`,
      );
    if (totpCode !== undefined)
      return this.secondFactors.useStep(userId, await this.verifyTotpCode(userId, row, totpCode));
    if (recoveryCode === undefined) {
      throw new DomainError(
        'UNAUTHORIZED',
        'A second factor is required: send the code of your authenticator app as totp_code, or a recovery code ' +
          'as recovery_code',
        { secondFactorRequired: true },
      );
    }
    const hash = hashRecoveryCode(recoveryCode, userId);
    if (!row.recovery_hashes.includes(hash)) throw wrongCodeError('recovery_code');
    return this.secondFactors.useRecoveryCode(userId, hash);
  }

  /**
   * Returns the time step of an unused code.
   * @throws DomainError UNAUTHORIZED
   */
  async verifyTotpCode(userId: string, row: SecondFactorRow, code: string): Promise<number> {
    const step = await findTotpStep(code, decryptSecret(row.sealed_secret, userId, this.sealingKey), this.clock.now());
    if (step === null || step <= row.last_step) throw wrongCodeError('totp_code');
    return step;
  }
}

function wrongCodeError(field: string): WrongCredentialError {
  return new WrongCredentialError('UNAUTHORIZED', `The ${field} is incorrect or already used`, {
    secondFactorRequired: true,
  });
}
