import { Injectable } from '@nestjs/common';
import { Clock, DomainError, withSystemScope } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { countAttempt, remainingLockSeconds, refundAttempt, type SignInAttempts } from './sign-in-delay.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';
import { accountKey, addressKey, allowedAttempts } from './attempt-keys.js';
import { WrongCredentialError } from './wrong-credential-error.js';

/**
 * Makes guessing slow: counts wrong tries per account and per address, in the database, and after a few takes no further ones for
 * ever longer. An e-mail that nobody has is treated like any other.
 */
@Injectable()
export class LoginThrottle {
  constructor(
    private readonly attempts: SignInAttemptsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Lets `work` check a password or code. Throwing {@link WrongCredentialError} is a wrong try, any other error is none; a success
   * forgets the wrong tries of the account.
   * @throws DomainError TOO_MANY_REQUESTS while no try is taken.
   */
  async guard<T>(email: string, address: string | null, work: () => Promise<T>): Promise<T> {
    const accountAttemptKey = accountKey(email);
    const keys = [accountAttemptKey, ...(address === null ? [] : [addressKey(address)])];
    await this.countAttempts(keys);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      if (!(error instanceof WrongCredentialError)) await this.refundAttempts(keys);
      throw error;
    }
    await this.reset(email);
    // Else whoever guesses could sign in to an account of their own in between.
    await this.refundAttempts(keys.slice(1));
    return result;
  }

  /** Forgets the wrong tries of an account. */
  reset(email: string): Promise<void> {
    return this.runInNewTransaction(() => this.attempts.clear(accountKey(email)));
  }

  private countAttempts(keys: readonly string[]): Promise<void> {
    return this.runInNewTransaction(async () => {
      const now = this.clock.now();
      const existing = await this.attempts.lock(keys, now);
      const seconds = Math.max(...[...existing.values()].map((attempts) => remainingLockSeconds(attempts, now)));
      if (seconds > 0)
        throw new DomainError('TOO_MANY_REQUESTS', `Too many wrong tries; try again in ${seconds} s`, {}, seconds);
      await this.attempts.save(
        mapAttempts(existing, (attempts, key) => countAttempt(attempts, now, allowedAttempts(key))),
      );
    });
  }

  private refundAttempts(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return Promise.resolve();
    return this.runInNewTransaction(async () => {
      const existing = await this.attempts.lock(keys, this.clock.now());
      await this.attempts.save(mapAttempts(existing, (attempts, key) => refundAttempt(attempts, allowedAttempts(key))));
    });
  }

  /** A wrong try counts even though the request that made it is undone. */
  private runInNewTransaction<T>(work: () => Promise<T>): Promise<T> {
    return withSystemScope(() => this.unitOfWork.runInNewTransaction(work));
  }
}

function mapAttempts(
  existing: ReadonlyMap<string, SignInAttempts>,
  change: (attempts: SignInAttempts, key: string) => SignInAttempts,
): Map<string, SignInAttempts> {
  return new Map([...existing].map(([key, attempts]) => [key, change(attempts, key)]));
}
