import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { isConflictError } from './conflict-errors.js';
import { Database } from './database.js';
import { transactions, type Transaction } from './transaction.js';

/** Number of attempts of work that Postgres ends because of another transaction. */
const MAX_ATTEMPTS = 5;
/** Longest pause before the second attempt in milliseconds; doubles with each attempt. */
const MAX_FIRST_PAUSE_MS = 50;

/**
 * Runs changes atomically in a transaction. For services only. Do not make network calls inside. A nested run joins the
 * outer one. The transaction is found through the async context, so it is not passed as an argument.
 */
@Injectable()
export class UnitOfWork {
  private readonly log = new Logger(UnitOfWork.name);

  constructor(private readonly database: Database) {}

  /** Runs `work` in a transaction: commits when it resolves, rolls back when it rejects. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (transactions.getStore()) return work();
    const transaction = this.database.createTransaction();
    let result: T;
    let rolledBack = true;
    try {
      result = await transactions.run(transaction, async () => {
        const value = await work();
        for (const step of transaction.beforeCommit) await step();
        rolledBack = false;
        await transaction.commit(() => (rolledBack = true));
        return value;
      });
    } catch (error) {
      await transaction.rollBack().catch((failure: unknown) => this.log.warn(`Rollback failed: ${String(failure)}`));
      throw error;
    } finally {
      await transaction.release();
      // If the connection was lost during the commit, the outcome is unknown.
      if (rolledBack) await this.runSteps(transaction.afterRollback);
    }
    await this.runSteps(transaction.afterCommit);
    return result;
  }

  /**
   * Like {@link run}, but runs `work` again in a new transaction, up to four times, when Postgres ends it because of a
   * deadlock or a serialization failure. Nothing that `work` does outside of the transaction may depend on the number of
   * runs. Within a transaction it runs once, because only the outermost work can be repeated.
   */
  async runWithRetry<T>(work: () => Promise<T>): Promise<T> {
    if (transactions.getStore()) return work();
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.run(work);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isConflictError(error)) throw error;
        // A random pause, so that the transactions do not meet again.
        await pause(Math.random() * MAX_FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
  }

  /**
   * Runs `work` so that its failure undoes only its own changes. Within a transaction it rolls back to a savepoint and
   * discards the events and steps that `work` added; outside of one it runs a new transaction.
   */
  async runInSavepoint<T>(work: () => Promise<T>): Promise<T> {
    const transaction = transactions.getStore();
    if (!transaction) return this.run(work);
    const restore = transaction.captureState();
    const savepoint = transaction.addSavepoint();
    try {
      const result = await work();
      transaction.releaseSavepoint(savepoint);
      return result;
    } catch (error) {
      // The failure must not hide the error of the work. It aborts the transaction or ends its connection, so nothing
      // can be committed.
      await transaction
        .rollBackTo(savepoint)
        .catch((failure: unknown) => this.log.warn(`Rollback to a savepoint failed: ${String(failure)}`));
      await this.runSteps(restore());
      throw error;
    }
  }

  /**
   * Runs `work` in a new transaction, which is committed independently of the current one. For changes that must
   * survive the failure of the request. Uses a second connection meanwhile, so keep it short.
   */
  runInNewTransaction<T>(work: () => Promise<T>): Promise<T> {
    return transactions.exit(() => this.run(work));
  }

  /** The current transaction, or null. */
  current(): Transaction | null {
    return transactions.getStore() ?? null;
  }

  /** True if the current transaction has sent a statement or has steps for its commit, such as events. */
  hasEffects(): boolean {
    return transactions.getStore()?.hasEffects ?? false;
  }

  /**
   * Sends one statement together with the commit of the current transaction: a round trip less. If it fails, nothing is
   * committed, and the unit of work rejects with its error.
   * @throws Error outside of a unit of work.
   */
  sendWithCommit(send: () => Promise<unknown>): void {
    const transaction = transactions.getStore();
    if (!transaction) throw new Error('sendWithCommit requires a unit of work');
    transaction.withCommit.push(send);
  }

  /** Runs `step` after the commit of the current transaction, or immediately if there is none. */
  afterCommit(step: () => void | Promise<void>): void {
    const transaction = transactions.getStore();
    if (transaction) transaction.afterCommit.push(step);
    else void this.runStep(step);
  }

  /**
   * Runs `step` after the rollback of the current transaction, to undo effects outside of the database. Not run if the
   * connection was lost during the commit, because the outcome is unknown, nor outside of a transaction.
   */
  afterRollback(step: () => void | Promise<void>): void {
    transactions.getStore()?.afterRollback.push(step);
  }

  private async runSteps(steps: Transaction['afterCommit']): Promise<void> {
    for (const step of steps) await this.runStep(step);
  }

  private async runStep(step: () => void | Promise<void>): Promise<void> {
    try {
      await transactions.exit(step);
    } catch (error) {
      this.log.error(`A step after the transaction failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}
