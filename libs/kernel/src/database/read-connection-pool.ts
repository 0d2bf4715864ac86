import type { PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { currentScope, runInContext, SYSTEM_SCOPE, systemContext } from '../context/request-context.js';
import { setScope, type ScopedPool } from './scoped-pool.js';

/** A connection that several reads share. */
interface ReadConnection {
  readonly client: PoolClient;
  /** Scope of the statements that are sent from now on. */
  scope: string;
  /** The last change of scope. Results of later statements are valid only if it succeeded. */
  scopeChange: Promise<unknown>;
  inFlight: number;
  isBroken: boolean;
}

/**
 * A few connections that short reads of many requests share. The reads are pipelined: they do not wait for the results
 * of others, and under load several share one packet in each direction. Postgres processes the statements of a
 * connection in order, so only statements that are certain to be short can use it; a long one would block those after
 * it.
 */
export class ReadConnectionPool {
  private readonly connections: (ReadConnection | Promise<ReadConnection>)[] = [];
  private closed = false;

  constructor(
    private readonly pool: ScopedPool,
    private readonly maxConnections: number,
  ) {}

  /** Sends a short read in the scope of the current work. Returns null if the pool is closed. */
  query<T extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<T>> | null {
    if (this.closed) return null;
    const scope = currentScope();
    const connection = this.selectConnection();
    return connection instanceof Promise
      ? connection.then((ready) => this.send<T>(ready, scope, query))
      : this.send<T>(connection, scope, query);
  }

  /** Waits for the results of all sent statements and releases the connections. */
  async close(): Promise<void> {
    this.closed = true;
    const connections = await Promise.allSettled(this.connections.splice(0));
    for (const settled of connections) {
      if (settled.status === 'rejected') continue;
      const connection = settled.value;
      // The result of an empty statement arrives after those of all earlier statements.
      await connection.client.query('').catch(() => undefined);
      this.drop(connection);
    }
  }

  private selectConnection(): ReadConnection | Promise<ReadConnection> {
    const open = this.connections.filter(
      (connection): connection is ReadConnection => !(connection instanceof Promise),
    );
    const leastBusy = open.reduce<ReadConnection | null>(
      (best, connection) => (best === null || connection.inFlight < best.inFlight ? connection : best),
      null,
    );
    if (leastBusy !== null && (leastBusy.inFlight === 0 || this.connections.length >= this.maxConnections))
      return leastBusy;
    if (this.connections.length >= this.maxConnections) return this.connections[0]!;
    return this.open();
  }

  private open(): Promise<ReadConnection> {
    // The pool sets the scope of the current work on a connection, which is the system's here.
    const opening = runInContext(systemContext('read-lane'), () => this.pool.connect()).then((client) => {
      const connection: ReadConnection = {
        client,
        scope: SYSTEM_SCOPE,
        scopeChange: Promise.resolve(),
        inFlight: 0,
        isBroken: false,
      };
      client.on('error', () => this.drop(connection));
      const index = this.connections.indexOf(opening);
      if (index >= 0) this.connections[index] = connection;
      return connection;
    });
    this.connections.push(opening);
    opening.catch(() => {
      const index = this.connections.indexOf(opening);
      if (index >= 0) void this.connections.splice(index, 1);
    });
    return opening;
  }

  private async send<T extends QueryResultRow>(
    connection: ReadConnection,
    scope: string,
    query: QueryConfig,
  ): Promise<QueryResult<T>> {
    if (connection.scope !== scope && this.pool.rowSecurity) {
      connection.scope = scope;
      connection.scopeChange = setScope(connection.client, scope);
      connection.scopeChange.catch(() => this.drop(connection));
    }
    const { scopeChange } = connection;
    connection.inFlight += 1;
    try {
      const sent = connection.client.query<T>(query);
      // If the change of scope fails, the rows can belong to another workspace. The result is not returned before it
      // succeeds.
      const [, result] = await Promise.all([scopeChange, sent]);
      return result;
    } finally {
      connection.inFlight -= 1;
    }
  }

  private drop(connection: ReadConnection): void {
    if (connection.isBroken) return;
    connection.isBroken = true;
    const index = this.connections.indexOf(connection);
    if (index >= 0) void this.connections.splice(index, 1);
    connection.client.release(true);
  }
}
