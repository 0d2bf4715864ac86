import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { sendTogether } from './pg-internals.js';
import { replaceConnect, setTransactionActive } from './typeorm-internals.js';

type Step = () => void | Promise<void>;

/**
 * A transaction in progress. It takes a connection and starts with its first statement, so work that sends none costs
 * nothing. Statements that are sent in the same turn of the event loop share a packet.
 */
export class Transaction {
  /** Run after the commit. A failure is logged and has no other effect. */
  readonly afterCommit: Step[] = [];
  /** Run after a rollback, unless it is unknown whether the transaction was committed. */
  readonly afterRollback: Step[] = [];
  /** Run last before the commit, inside the transaction. */
  readonly beforeCommit: (() => Promise<void>)[] = [];
  /** Run after those. Each sends one statement at once, which travels with the commit. */
  readonly withCommit: (() => Promise<unknown>)[] = [];
  /** Data that kernel parts keep per transaction; a list in it only grows. */
  readonly state = new Map<symbol, unknown>();
  private readonly runner: QueryRunner;
  /** Takes the connection in the context of the unit of work, whose scope applies, not in that of the first statement. */
  private readonly connect: () => Promise<PoolClient>;
  private client: PoolClient | null = null;
  private opening: Promise<PoolClient> | null = null;
  /** The start of the transaction while its answer is awaited, else null. */
  private starting: Promise<void> | null = null;
  private hasSentStatement = false;
  private savepoints = 0;
  /** Savepoints to send ahead of the next statement. */
  private readonly pendingSavepoints: string[] = [];

  constructor(
    dataSource: DataSource,
    /** True if the first statement does not wait for the answer to the start. */
    private readonly isEarly: boolean,
  ) {
    this.runner = dataSource.createQueryRunner();
    const connect = replaceConnect(this.runner, async () => {
      const client = await this.open();
      this.sendSavepoints(client);
      return client;
    });
    this.connect = AsyncResource.bind(connect);
    // TypeORM must not start a transaction of its own.
    setTransactionActive(this.runner, true);
  }

  /** TypeORM's entity manager of the transaction. */
  get manager(): EntityManager {
    return this.runner.manager;
  }

  /** True if the transaction has started. */
  get isOpen(): boolean {
    return this.opening !== null;
  }

  /** True if the transaction has started or has something to do before it commits. */
  get hasEffects(): boolean {
    return this.isOpen || this.withCommit.length > 0 || this.beforeCommit.length > 0;
  }

  /** Sends a statement. In an open transaction it is on its way when this returns, so that others can be sent behind it. */
  send<T extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<T>> {
    const { client } = this;
    return client === null
      ? this.open().then((opened) => this.sendOn<T>(opened, query))
      : this.sendOn<T>(client, query);
  }

  /** Sends the remaining statements and the commit in one packet. @throws the first error; then nothing was committed. */
  async commit(onRolledBack: () => void): Promise<void> {
    if (!this.isOpen && this.withCommit.length === 0) return;
    const client = await this.open();
    if (this.starting) await this.starting;
    sendTogether(client);
    const sent = this.withCommit.map((step) => step());
    const [committed, ...outcomes] = await Promise.allSettled([client.query('COMMIT'), ...sent]);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (committed.status === 'fulfilled' && committed.value.command !== 'COMMIT') onRolledBack();
    if (failed) throw failed.reason;
    if (committed.status === 'rejected') throw committed.reason;
    if (committed.value.command !== 'COMMIT') throw new Error('The transaction was rolled back instead of committed');
  }

  async rollBack(): Promise<void> {
    if (this.opening) await (await this.opening).query('ROLLBACK');
  }

  /** Gives the connection back. */
  async release(): Promise<void> {
    setTransactionActive(this.runner, false);
    await this.runner.release();
  }

  /** Sets a savepoint. It is sent with the next statement. */
  addSavepoint(): string {
    const name = `savepoint_${(this.savepoints += 1)}`;
    this.pendingSavepoints.push(name);
    return name;
  }

  /** Releases a savepoint. A failure shows with the next statement, because the transaction is then aborted. */
  releaseSavepoint(name: string): void {
    if (this.removePending(name)) return;
    sendTogether(this.client!);
    this.client!.query(`release savepoint ${name}`).catch(() => undefined);
  }

  async rollBackTo(savepoint: string): Promise<void> {
    if (!this.removePending(savepoint)) await this.client!.query(`rollback to savepoint ${savepoint}`);
  }

  /** Returns a function that drops the steps and data added since, and returns the rollback steps among them. */
  captureState(): () => Step[] {
    const lists = [this.afterCommit, this.beforeCommit, this.withCommit] as const;
    const lengths = lists.map((list) => list.length);
    const rollbackSteps = this.afterRollback.length;
    const entries = [...this.state].map(
      ([key, value]) => [key, value, Array.isArray(value) ? value.length : null] as const,
    );
    return () => {
      lists.forEach((list, index) => (list.length = lengths[index]!));
      this.state.clear();
      for (const [key, value, length] of entries) {
        if (length !== null) (value as unknown[]).length = length;
        this.state.set(key, value);
      }
      return this.afterRollback.splice(rollbackSteps);
    };
  }

  private open(): Promise<PoolClient> {
    this.opening ??= this.start();
    return this.opening;
  }

  /** Sends the start ahead of the first statement instead of waiting for its answer: a round trip less. */
  private async start(): Promise<PoolClient> {
    const client = await this.connect();
    sendTogether(client);
    this.starting = client.query('START TRANSACTION').then(() => void (this.starting = null));
    this.starting.catch(() => undefined);
    if (!this.isEarly) await this.starting;
    return (this.client = client);
  }

  private sendOn<T extends QueryResultRow>(client: PoolClient, query: QueryConfig): Promise<QueryResult<T>> {
    const send = (): Promise<QueryResult<T>> => {
      sendTogether(client);
      this.sendSavepoints(client);
      return client.query<T>(query);
    };
    // One statement may travel behind the start; from the second on it must have worked.
    if (this.starting !== null && this.hasSentStatement) return this.starting.then(send);
    this.hasSentStatement = true;
    return send();
  }

  /** If one fails, so does the statement behind it. */
  private sendSavepoints(client: PoolClient): void {
    if (this.pendingSavepoints.length === 0) return;
    sendTogether(client);
    for (const name of this.pendingSavepoints.splice(0)) client.query(`savepoint ${name}`).catch(() => undefined);
  }

  private removePending(savepoint: string): boolean {
    const index = this.pendingSavepoints.indexOf(savepoint);
    // Savepoints inside this one end with it.
    if (index >= 0) this.pendingSavepoints.length = index;
    return index >= 0;
  }
}

/** The transaction of the present work. */
export const transactions = new AsyncLocalStorage<Transaction>();
