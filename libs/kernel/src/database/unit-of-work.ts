import { Injectable, Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Database, transactions, type Transaction } from './database.js';

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
    const runner = this.database.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    const transaction: Transaction = { client, runner, afterCommit: [], afterRollback: [], beforeCommit: [], notes: new Map(), attempts: 0 };
    let result: T;
    let committing = false;
    let rolledBack = false;
    try {
      await runner.startTransaction();
      result = await transactions.run(transaction, async () => {
        const made = await work();
        for (const step of transaction.beforeCommit) await step();
        return made;
      });
      committing = true;
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction().catch((failure: unknown) => this.log.warn(`rollback failed: ${String(failure)}`));
      rolledBack = !committing;
      throw error;
    } finally {
      await runner.release();
      if (rolledBack) await this.finish(transaction.afterRollback);
    }
    await this.finish(transaction.afterCommit);
    return result;
  }

  /**
   * Runs `work` so that its failure undoes what it did and nothing else: within a transaction, back to a savepoint, with the
   * events it appended and the steps it asked for; outside of one, a transaction of its own.
   */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const transaction = transactions.getStore();
    if (!transaction) return this.run(work);
    const { client } = transaction;
    const restore = remember(transaction);
    const savepoint = `attempt_${(transaction.attempts += 1)}`;
    await client.query(`savepoint ${savepoint}`);
    try {
      const result = await work();
      await client.query(`release savepoint ${savepoint}`);
      return result;
    } catch (error) {
      await client.query(`rollback to savepoint ${savepoint}`);
      await this.finish(restore());
      throw error;
    }
  }

  /** The transaction in progress, or null. */
  current(): Transaction | null {
    return transactions.getStore() ?? null;
  }

  /** Runs `step` after the present transaction has committed, or at once when there is none. */
  afterCommit(step: () => void | Promise<void>): void {
    const transaction = transactions.getStore();
    if (transaction) transaction.afterCommit.push(step);
    else void this.finishOne(step);
  }

  /**
   * Runs `step` when the present transaction is rolled back, to take back what was done outside of it. Not run when
   * the connection was lost during the commit, as nobody knows then; nor outside of a transaction.
   */
  afterRollback(step: () => void | Promise<void>): void {
    transactions.getStore()?.afterRollback.push(step);
  }

  private async finish(steps: Transaction['afterCommit']): Promise<void> {
    for (const step of steps) await this.finishOne(step);
  }

  private async finishOne(step: () => void | Promise<void>): Promise<void> {
    try {
      await transactions.exit(step);
    } catch (error) {
      this.log.error(`a step after the transaction failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}

/** Gives the way back to what the transaction holds now; it answers with the steps that the undone part wants run. */
function remember({ afterCommit, afterRollback, beforeCommit, notes }: Transaction): () => Transaction['afterRollback'] {
  const lengths = [afterCommit.length, beforeCommit.length, afterRollback.length] as const;
  const kept = [...notes].map(([key, value]) => [key, value, Array.isArray(value) ? value.length : null] as const);
  return () => {
    afterCommit.length = lengths[0];
    beforeCommit.length = lengths[1];
    notes.clear();
    for (const [key, value, length] of kept) {
      if (length !== null) (value as unknown[]).length = length;
      notes.set(key, value);
    }
    return afterRollback.splice(lengths[2]);
  };
}
