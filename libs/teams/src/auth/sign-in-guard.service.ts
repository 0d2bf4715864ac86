import { Injectable } from '@nestjs/common';
import { Clock, DomainError, UnitOfWork, unscoped } from '@parley/kernel';
import { counted, secondsLocked, takenBack, type Tries } from './sign-in-delay.js';
import { SignInTriesRepository } from './sign-in-tries.repository.js';
import { accountKey, addressKey, freeTries } from './tries-keys.js';
import { WrongCredential } from './wrong-credential.js';

/**
 * Makes guessing slow: counts wrong tries per account and per address, in the database, and after a few takes no further ones for
 * ever longer. An e-mail that nobody has is treated like any other.
 */
@Injectable()
export class SignInGuard {
  constructor(
    private readonly tries: SignInTriesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Lets `work` check a password or code. Throwing {@link WrongCredential} is a wrong try, any other error is none; a success
   * forgets the wrong tries of the account.
   * @throws DomainError TOO_MANY_REQUESTS while no try is taken.
   */
  async watch<T>(email: string, address: string | null, work: () => Promise<T>): Promise<T> {
    const account = accountKey(email);
    const keys = [account, ...(address === null ? [] : [addressKey(address)])];
    await this.begin(keys);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      if (!(error instanceof WrongCredential)) await this.takeBack(keys);
      throw error;
    }
    await this.forget(email);
    // Else whoever guesses could sign in to an account of their own in between.
    await this.takeBack(keys.slice(1));
    return result;
  }

  /** Forgets the wrong tries of an account. */
  forget(email: string): Promise<void> {
    return this.apart(() => this.tries.clear(accountKey(email)));
  }

  private begin(keys: readonly string[]): Promise<void> {
    return this.apart(async () => {
      const now = this.clock.now();
      const known = await this.tries.lock(keys, now);
      const seconds = Math.max(...[...known.values()].map((tries) => secondsLocked(tries, now)));
      if (seconds > 0)
        throw new DomainError('TOO_MANY_REQUESTS', `Too many wrong tries; try again in ${seconds} s`, {}, seconds);
      await this.tries.write(mapped(known, (tries, key) => counted(tries, now, freeTries(key))));
    });
  }

  private takeBack(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return Promise.resolve();
    return this.apart(async () => {
      const known = await this.tries.lock(keys, this.clock.now());
      await this.tries.write(mapped(known, (tries, key) => takenBack(tries, freeTries(key))));
    });
  }

  /** A wrong try counts even though the request that made it is undone. */
  private apart<T>(work: () => Promise<T>): Promise<T> {
    return unscoped(() => this.unitOfWork.apart(work));
  }
}

function mapped(known: ReadonlyMap<string, Tries>, change: (tries: Tries, key: string) => Tries): Map<string, Tries> {
  return new Map([...known].map(([key, tries]) => [key, change(tries, key)]));
}
