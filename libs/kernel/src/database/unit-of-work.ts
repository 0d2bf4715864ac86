import { Injectable, Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';

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
        .catch((failure: unknown) => this.log.warn(`rollback failed: ${String(failure)}`));
      throw error;
    } finally {
      setTransactionActive(transaction.runner, false);
      await transaction.runner.release();
      // When the connection was lost during the commit, nobody knows.
      if (rolledBack) await this.runSteps(transaction.afterRollback);
    }
    await this.runSteps(transaction.afterCommit);
    return result;
  }

  /** Sends the opening ahead of the first statement instead of waiting for it: a round trip less. */
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
   * Runs `work` so that its failure undoes what it did and nothing else: within a transaction, back to a savepoint, with the
   * events it appended and the steps it asked for; outside of one, a transaction of its own.
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

/** Tells TypeORM that a transaction is open, or its repositories would open their own. */
function setTransactionActive(runner: QueryRunner, active: boolean): void {
  (runner as { -readonly [Key in keyof QueryRunner]: QueryRunner[Key] }).isTransactionActive = active;
}

/** Sends the last statements and the commit behind them in one go. @throws what the first of them to fail says; then nothing was committed. */
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

/** Gives the way back to what the transaction holds now; it answers with the steps that the undone part wants run. */
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
