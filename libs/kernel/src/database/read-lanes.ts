import type { PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { currentScope, runInContext, SYSTEM_SCOPE, systemContext } from '../context/request-context.js';
import { enterScope, type ScopedPool } from './scoped-pool.js';

/** A connection that reads share, and what stands on its way. */
interface Lane {
  readonly client: PoolClient;
  /** Workspace that statements sent from now on will see. */
  scope: string;
  /** The last change of scope; what was sent behind it counts only if it worked. */
  entering: Promise<unknown>;
  inFlight: number;
  broken: boolean;
}

/**
 * A few connections on which short reads of many requests travel behind one another, without waiting for each other's answers:
 * under load several share one packet in each direction. Postgres answers a connection in order, so only statements that are
 * certain to be short may go this way; one that took long would hold up those behind it.
 */
export class ReadLanes {
  private readonly lanes: (Lane | Promise<Lane>)[] = [];
  private closed = false;

  constructor(
    private readonly pool: ScopedPool,
    private readonly most: number,
  ) {}

  /** Sends a short read in the scope of the present work; null when the lanes are closed. */
  query<T extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<T>> | null {
    if (this.closed) return null;
    const scope = currentScope();
    const lane = this.choose();
    return lane instanceof Promise
      ? lane.then((opened) => this.send<T>(opened, scope, query))
      : this.send<T>(lane, scope, query);
  }

  /** Lets what is on its way arrive and gives the connections back. */
  async close(): Promise<void> {
    this.closed = true;
    const lanes = await Promise.allSettled(this.lanes.splice(0));
    for (const settled of lanes) {
      if (settled.status === 'rejected') continue;
      const lane = settled.value;
      // An empty statement arrives after everything that was sent before it.
      await lane.client.query('').catch(() => undefined);
      this.drop(lane);
    }
  }

  private choose(): Lane | Promise<Lane> {
    const usable = this.lanes.filter((lane): lane is Lane => !(lane instanceof Promise));
    const idlest = usable.reduce<Lane | null>(
      (best, lane) => (best === null || lane.inFlight < best.inFlight ? lane : best),
      null,
    );
    if (idlest !== null && (idlest.inFlight === 0 || this.lanes.length >= this.most)) return idlest;
    if (this.lanes.length >= this.most) return this.lanes[0]!;
    return this.open();
  }

  private open(): Promise<Lane> {
    // The pool hands a connection out in the scope of whoever asks: here the system's.
    const opening = runInContext(systemContext('read-lane'), () => this.pool.connect()).then((client) => {
      const lane: Lane = { client, scope: SYSTEM_SCOPE, entering: Promise.resolve(), inFlight: 0, broken: false };
      client.on('error', () => this.drop(lane));
      const at = this.lanes.indexOf(opening);
      if (at >= 0) this.lanes[at] = lane;
      return lane;
    });
    this.lanes.push(opening);
    opening.catch(() => {
      const at = this.lanes.indexOf(opening);
      if (at >= 0) void this.lanes.splice(at, 1);
    });
    return opening;
  }

  private async send<T extends QueryResultRow>(lane: Lane, scope: string, query: QueryConfig): Promise<QueryResult<T>> {
    if (lane.scope !== scope && this.pool.rowSecurity) {
      lane.scope = scope;
      lane.entering = enterScope(lane.client, scope);
      lane.entering.catch(() => this.drop(lane));
    }
    const { entering } = lane;
    lane.inFlight += 1;
    try {
      const sent = lane.client.query<T>(query);
      // Had the change of scope failed, the rows would be somebody else's: they are not looked at before it has worked.
      const [, result] = await Promise.all([entering, sent]);
      return result;
    } finally {
      lane.inFlight -= 1;
    }
  }

  private drop(lane: Lane): void {
    if (lane.broken) return;
    lane.broken = true;
    const at = this.lanes.indexOf(lane);
    if (at >= 0) void this.lanes.splice(at, 1);
    lane.client.release(true);
  }
}
