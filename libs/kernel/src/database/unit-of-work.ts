import { Injectable, Logger } from '@nestjs/common';
import { Database } from './database.js';
import { transactions, type Transaction } from './transaction.js';

/**
 * One change-set: all of it is committed, or none. Services only; no network call inside.
 * A run within a run joins the outer one. Reaching the transaction needs no argument: it travels with the flow.
 */
@Injectable()
export class UnitOfWork {
  private readonly log = new Logger(UnitOfWork.name);

  constructor(private readonly database: Database) {}

  /** Runs `work` in a transaction; commits when it resolves, rolls back when it rejects. */
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
      await transaction.rollBack().catch((failure: unknown) => this.log.warn(`rollback failed: ${String(failure)}`));
      throw error;
    } finally {
      await transaction.release();
      // When the connection was lost during the commit, nobody knows.
      if (rolledBack) await this.runSteps(transaction.afterRollback);
    }
    await this.runSteps(transaction.afterCommit);
    return result;
  }

  /**
   * Runs `work` so that its failure undoes what it did and nothing else: within a transaction, back to a savepoint, with the
   * events it appended and the steps it asked for; outside of one, a transaction of its own.
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
      await transaction.rollBackTo(savepoint);
      await this.runSteps(restore());
      throw error;
    }
  }

  /**
   * Runs `work` in a transaction of its own, which is committed whatever becomes of the present one; for what must not be undone with a
   * refused request. Takes a second connection meanwhile, so keep it short.
   */
  runInNewTransaction<T>(work: () => Promise<T>): Promise<T> {
    return transactions.exit(() => this.run(work));
  }

  /** The transaction in progress, or null. */
  current(): Transaction | null {
    return transactions.getStore() ?? null;
  }

  /** True if the present transaction has sent a statement or holds events or other steps for its commit. */
  hasEffects(): boolean {
    return transactions.getStore()?.hasEffects ?? false;
  }

  /** Runs `step` after the present transaction has committed, or at once when there is none. */
  afterCommit(step: () => void | Promise<void>): void {
    const transaction = transactions.getStore();
    if (transaction) transaction.afterCommit.push(step);
    else void this.runStep(step);
  }

  /**
   * Runs `step` when the present transaction is rolled back, to take back what was done outside of it. Not run when
   * the connection was lost during the commit, as nobody knows then; nor outside of a transaction.
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
      this.log.error(`a step after the transaction failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}
