import type { PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { currentScope, runInContext, SYSTEM_SCOPE, systemContext } from '../context/request-context.js';
import { setScope, type ScopedPool } from './scoped-pool.js';

/** A connection that reads share, and what stands on its way. */
interface ReadConnection {
  readonly client: PoolClient;
  /** Workspace that statements sent from now on will see. */
  scope: string;
  /** The last change of scope; what was sent behind it counts only if it worked. */
  scopeChange: Promise<unknown>;
  inFlight: number;
  isBroken: boolean;
}

/**
 * A few connections on which short reads of many requests travel behind one another, without waiting for each other's answers:
 * under load several share one packet in each direction. Postgres answers a connection in order, so only statements that are
 * certain to be short may go this way; one that took long would hold up those behind it.
 */
export class ReadConnectionPool {
  private readonly connections: (ReadConnection | Promise<ReadConnection>)[] = [];
  private closed = false;

  constructor(
    private readonly pool: ScopedPool,
    private readonly maxConnections: number,
  ) {}

  /** Sends a short read in the scope of the present work; null when the lanes are closed. */
  query<T extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<T>> | null {
    if (this.closed) return null;
    const scope = currentScope();
    const connection = this.selectConnection();
    return connection instanceof Promise
      ? connection.then((ready) => this.send<T>(ready, scope, query))
      : this.send<T>(connection, scope, query);
  }

  /** Lets what is on its way arrive and gives the connections back. */
  async close(): Promise<void> {
    this.closed = true;
    const connections = await Promise.allSettled(this.connections.splice(0));
    for (const settled of connections) {
      if (settled.status === 'rejected') continue;
      const connection = settled.value;
      // An empty statement arrives after everything that was sent before it.
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
    // The pool hands a connection out in the scope of whoever asks: here the system's.
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
      // Had the change of scope failed, the rows would be somebody else's: they are not looked at before it has worked.
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
