import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '@nestjs/common';

const RECONNECT_MS = 500;
const LOCK = `hashtextextended('parley.job-worker.' || $1::text, 0)`;

/**
 * Tracks which workers are alive. A separate session holds an advisory lock for each worker of this process; Postgres
 * releases them when the process dies. A broken session is reopened with the same locks.
 */
export class WorkerLocks {
  private readonly ownWorkerIds = new Set<string>();
  private suspects = new Set<string>();
  private session: Promise<pg.Client> | null = null;
  private lastCall: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  /** Announces a worker. Resolves when others can see that it is alive, or when the locks are closed. */
  async announce(workerId: string): Promise<void> {
    this.ownWorkerIds.add(workerId);
    while (!this.closed) {
      try {
        // A new session locks all own workers; locking one twice is harmless.
        await this.callLockFunction('pg_advisory_lock', workerId);
        return;
      } catch (error) {
        if (this.closed) return;
        this.logger.warn(`could not announce a worker: ${(error as Error).message}`);
        await sleep(RECONNECT_MS);
      }
    }
  }

  /** Removes workers that have ended. */
  async withdraw(workerIds: readonly string[]): Promise<void> {
    for (const id of workerIds) this.ownWorkerIds.delete(id);
    for (const id of workerIds) while (await this.callLockFunction('pg_advisory_unlock', id));
  }

  /**
   * Calls `handle` with the dead workers, which stay locked during the call. A worker counts as dead if its lock was
   * also free at the previous check, so a worker that has just lost its session has time to reconnect.
   */
  async withDeadWorkers(
    workerIds: readonly string[],
    handle: (deadWorkerIds: readonly string[]) => Promise<void>,
  ): Promise<void> {
    const free: string[] = [];
    try {
      for (const id of workerIds) {
        if (!this.ownWorkerIds.has(id) && (await this.callLockFunction('pg_try_advisory_lock', id))) free.push(id);
      }
      const deadWorkerIds = free.filter((id) => this.suspects.has(id));
      this.suspects = new Set(free.filter((id) => !deadWorkerIds.includes(id)));
      if (deadWorkerIds.length > 0) await handle(deadWorkerIds);
    } finally {
      for (const id of free) await this.callLockFunction('pg_advisory_unlock', id).catch(() => undefined);
    }
  }

  /** Releases all locks and closes the session. */
  async close(): Promise<void> {
    this.closed = true;
    const { session } = this;
    this.session = null;
    await session?.then((client) => client.end()).catch(() => undefined);
  }

  /**
   * Calls one of the lock functions of Postgres. Calls are sequential. Returns false if the lock is not available or
   * not held.
   */
  private callLockFunction(lockFunction: string, workerId: string): Promise<boolean> {
    const result = this.lastCall.then(async () => {
      const client = await this.open();
      const { rows } = await client.query<{ result: unknown }>(`select ${lockFunction}(${LOCK}) as result`, [workerId]);
      return rows[0]?.result === true;
    });
    this.lastCall = result.catch(() => undefined);
    return result;
  }

  private open(): Promise<pg.Client> {
    if (this.closed) return Promise.reject(new Error('the worker locks are closed'));
    this.session ??= this.connect().catch((error: unknown) => {
      this.session = null;
      throw error;
    });
    return this.session;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'parley job locks',
      keepAlive: true,
      // Locks of a machine that vanished are released within a minute.
      options: '-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3',
    });
    client.on('error', (error) => this.handleConnectionLoss(client, error));
    client.on('end', () => this.handleConnectionLoss(client, null));
    await client.connect();
    for (const id of this.ownWorkerIds) await client.query(`select pg_advisory_lock(${LOCK})`, [id]);
    return client;
  }

  private handleConnectionLoss(client: pg.Client, error: Error | null): void {
    const { session } = this;
    if (this.closed || !session) return;
    void session.then(
      async (current) => {
        if (current !== client || this.session !== session) return;
        this.session = null;
        this.logger.warn(`lost the session of the worker locks${error ? `: ${error.message}` : ''}`);
        while (
          !this.closed &&
          !(await this.open().then(
            () => true,
            () => false,
          ))
        )
          await sleep(RECONNECT_MS);
      },
      () => undefined,
    );
  }
}
