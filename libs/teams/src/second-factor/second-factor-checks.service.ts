import { Inject, Injectable } from '@nestjs/common';
import { badRequest, Clock, DomainError, seal, UnitOfWork, unseal } from '@parley/kernel';
import { WrongCredential } from '../auth/wrong-credential.js';
import { SEALING_KEY } from '../sealing-key.js';
import { hashRecoveryCode } from './recovery-codes.js';
import { SecondFactorsRepository, type SecondFactorRow } from './second-factors.repository.js';
import { stepOf } from './totp.js';

/** What somebody shows beside their password: one of the two. */
export interface SecondFactorProof {
  readonly totpCode?: string;
  readonly recoveryCode?: string;
}

/** Checks the codes of authenticator apps, and recovery codes. */
@Injectable()
export class SecondFactorChecks {
  constructor(
    @Inject(SEALING_KEY) private readonly key: Buffer,
    private readonly rows: SecondFactorsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Encrypts the secret of a user's app. */
  seal(userId: string, secret: string): string {
    return seal(secret, userId, this.key);
  }

  /**
   * Holds that the user has shown their second factor, where they have one, and uses the code up.
   * @throws DomainError UNAUTHORIZED when none is shown, which is no wrong try, or the code is not right, which is one.
   */
  async pass(userId: string, proof: SecondFactorProof): Promise<void> {
    await this.unitOfWork.run(async () => {
      const row = await this.rows.lock(userId);
      if (row?.enabled_at) await this.use(userId, row, proof);
    });
  }

  /** Uses up the code that is shown. Needs a unit of work that has locked the row. @throws DomainError as {@link pass} */
  async use(userId: string, row: SecondFactorRow, { totpCode, recoveryCode }: SecondFactorProof): Promise<void> {
    if (totpCode !== undefined && recoveryCode !== undefined)
      throw badRequest({ recovery_code: ['recovery_code does not go with totp_code: send one of them'] });
    if (totpCode !== undefined) return this.rows.useStep(userId, await this.step(userId, row, totpCode));
    if (recoveryCode === undefined) {
      throw new DomainError(
        'UNAUTHORIZED',
        'A second factor is needed: send the code of your authenticator app as totp_code, or one of your recovery codes as recovery_code',
        { second_factor_required: true },
      );
    }
    const hash = hashRecoveryCode(recoveryCode, userId);
    if (!row.recovery_hashes.includes(hash)) throw wrong('recovery_code');
    return this.rows.useRecoveryCode(userId, hash);
  }

  /** The time step of a code that has not been used before. @throws DomainError UNAUTHORIZED */
  async step(userId: string, row: SecondFactorRow, code: string): Promise<number> {
    const step = await stepOf(code, unseal(row.sealed_secret, userId, this.key), this.clock.now());
    if (step === null || step <= row.last_step) throw wrong('totp_code');
    return step;
  }
}

function wrong(field: string): WrongCredential {
  return new WrongCredential('UNAUTHORIZED', `The ${field} is not right, or was used before`, {
    second_factor_required: true,
  });
}
