import { Injectable } from '@nestjs/common';
import { Clock, DomainError, withSystemScope } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { countAttempt, remainingLockSeconds, refundAttempt, type SignInAttempts } from './sign-in-delay.js';
import { KnownAddressesRepository } from './known-addresses.repository.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';
import { accountKey, addressKey, allowedAttempts, joiningKey, knownAddressKey } from './attempt-keys.js';
import { WrongCredentialError, WrongPasswordError } from './wrong-credential-error.js';

/**
 * Slows down guessing. Counts failed attempts per account and per address in the database, and rejects further attempts
 * for increasing periods. E-mails without an account are treated in the same way.
 */
@Injectable()
export class LoginThrottle {
  constructor(
    private readonly attempts: SignInAttemptsRepository,
    private readonly knownAddresses: KnownAddressesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work`, which checks a password or code. A {@link WrongCredentialError} or {@link WrongPasswordError} counts as
   * a failed attempt under the key of the account and of the address; other errors do not. A success resets the failed
   * attempts of the account, unless `resets` returns false for its result.
   * @throws DomainError TOO_MANY_REQUESTS while attempts are locked.
   */
  async guard<T>(
    key: string,
    address: string | null,
    work: () => Promise<T>,
    resets: (result: T) => boolean = () => true,
  ): Promise<T> {
    const addressKeys = address === null ? [] : [addressKey(address)];
    const keys = [key, ...addressKeys];
    await this.countAttempts(keys);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      if (!(error instanceof WrongCredentialError || error instanceof WrongPasswordError))
        // A failure must not hide the error of the work; the attempts are then counted.
        await this.refundAttempts(keys).catch(() => undefined);
      throw error;
    }
    const isReset = resets(result);
    if (isReset) await this.reset(key);
    // The count of the address is refunded but not reset: otherwise an attacker could reset it by signing in to their
    // own account.
    await this.refundAttempts(isReset ? addressKeys : keys);
    return result;
  }

  /** Returns the key of a sign-in: that of the address if it signed in before, otherwise that of the account. */
  async resolveSignInKey(email: string, address: string | null): Promise<string> {
    const key = accountKey(email);
    const isKnown = address !== null && (await this.knownAddresses.isKnownByEmail(email, address));
    return isKnown ? knownAddressKey(key, address) : key;
  }

  /** Returns the key of a user who joins another workspace, as {@link resolveSignInKey} does. */
  async resolveJoiningKey(userId: string, address: string | null): Promise<string> {
    const key = joiningKey(userId);
    const isKnown = address !== null && (await this.knownAddresses.isKnown(userId, address));
    return isKnown ? knownAddressKey(key, address) : key;
  }

  /** Resets the failed attempts to sign in with an e-mail, from everywhere and from this address. */
  async resetSignIn(email: string, address: string): Promise<void> {
    await this.reset(accountKey(email));
    await this.reset(knownAddressKey(accountKey(email), address));
  }

  /** Resets the failed attempts under a key. */
  reset(key: string): Promise<void> {
    return this.runInNewTransaction(() => this.attempts.clear(key));
  }

  private countAttempts(keys: readonly string[]): Promise<void> {
    return this.runInNewTransaction(async () => {
      const now = this.clock.now();
      const existing = await this.attempts.lock(keys, now);
      const seconds = Math.max(...[...existing.values()].map((attempts) => remainingLockSeconds(attempts, now)));
      if (seconds > 0)
        throw new DomainError('TOO_MANY_REQUESTS', `Too many failed attempts; try again in ${seconds} s`, {}, seconds);
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

  /** Uses a new transaction, so that a failed attempt counts even if the request is rolled back. */
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
