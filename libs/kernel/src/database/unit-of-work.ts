import { Injectable, Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';

import { Database, transactions, type Transaction } from './database.js';

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
    const transaction = await this.startTransaction();
    let result: T;
    let rolledBack = true;
    try {
      result = await transactions.run(transaction, async () => {
        const value = await work();
        for (const step of transaction.beforeCommit) await step();
        rolledBack = false;
        await commit(transaction, () => (rolledBack = true));
        return value;
      });
    } catch (error) {
      await transaction.client
        .query('ROLLBACK')
        .catch((failure: unknown) => this.log.warn(`Rollback failed: ${String(failure)}`));
      throw error;
    } finally {
      setTransactionActive(transaction.runner, false);
      await transaction.runner.release();
      // If the connection was lost during the commit, the outcome is unknown.
      if (rolledBack) await this.runSteps(transaction.afterRollback);
    }
    await this.runSteps(transaction.afterCommit);
    return result;
  }

  /** Sends START TRANSACTION ahead of the first statement without waiting for it, which saves a round trip. */
  private async startTransaction(): Promise<Transaction> {
    const runner = this.database.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    setTransactionActive(runner, true);
    const transaction: Transaction = {
      client,
      runner,
      afterCommit: [],
      afterRollback: [],
      beforeCommit: [],
      withCommit: [],
      state: new Map(),
      savepoints: 0,
      starting: null,
      hasSentStatement: false,
    };
    transaction.starting = client.query('START TRANSACTION').then(() => void (transaction.starting = null));
    transaction.starting.catch(() => undefined);
    return transaction;
  }

  /**
   * Runs `work` so that its failure undoes only its own changes. Within a transaction it rolls back to a savepoint and
   * discards the events and steps that `work` added; outside of one it runs a new transaction.
   */
  async runInSavepoint<T>(work: () => Promise<T>): Promise<T> {
    const transaction = transactions.getStore();
    if (!transaction) return this.run(work);
    const { client } = transaction;
    const restore = captureState(transaction);
    const savepoint = `attempt_${(transaction.savepoints += 1)}`;
    await client.query(`savepoint ${savepoint}`);
    try {
      const result = await work();
      await client.query(`release savepoint ${savepoint}`);
      return result;
    } catch (error) {
      await client.query(`rollback to savepoint ${savepoint}`);
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

/** Marks the transaction as open in TypeORM. Otherwise its repositories would open their own. */
function setTransactionActive(runner: QueryRunner, active: boolean): void {
  (runner as { -readonly [Key in keyof QueryRunner]: QueryRunner[Key] }).isTransactionActive = active;
}

/**
 * Sends the last statements and COMMIT together, without waiting in between. @throws the error of the first statement
 * that failed; then nothing was committed.
 */
async function commit({ client, withCommit, starting }: Transaction, onRolledBack: () => void): Promise<void> {
  if (starting) await starting;
  const sent = withCommit.map((step) => step());
  const [committed, ...outcomes] = await Promise.allSettled([client.query('COMMIT'), ...sent]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (committed.status === 'fulfilled' && committed.value.command !== 'COMMIT') onRolledBack();
  if (failed) throw failed.reason;
  if (committed.status === 'rejected') throw committed.reason;
  if (committed.value.command !== 'COMMIT') throw new Error('The transaction was rolled back instead of committed');
}

/**
 * Captures the steps and state of the transaction. Returns a function that restores them and returns the rollback steps
 * added since.
 */
function captureState({
  afterCommit,
  afterRollback,
  beforeCommit,
  withCommit,
  state,
}: Transaction): () => Transaction['afterRollback'] {
  const lengths = [afterCommit.length, beforeCommit.length, afterRollback.length, withCommit.length] as const;
  const savedEntries = [...state].map(
    ([key, value]) => [key, value, Array.isArray(value) ? value.length : null] as const,
  );
  return () => {
    afterCommit.length = lengths[0];
    beforeCommit.length = lengths[1];
    withCommit.length = lengths[3];
    state.clear();
    for (const [key, value, length] of savedEntries) {
      if (length !== null) (value as unknown[]).length = length;
      state.set(key, value);
    }
    return afterRollback.splice(lengths[2]);
  };
}
