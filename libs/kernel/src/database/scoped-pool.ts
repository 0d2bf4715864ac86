import pg from 'pg';
import { currentScope, SYSTEM_SCOPE } from '../context/request-context.js';
import { markDatabaseError } from './connection-errors.js';
import { preferIdleClient } from './pg-internals.js';

/** Role for requests. It owns nothing, so row-level security applies to it. */
export const APP_ROLE = 'parley_app';

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient,
  release: (error?: Error | boolean) => void,
) => void;

/** A pooled connection and the current scope of its session. */
type ScopedClient = pg.PoolClient & { parleyScope?: string };

const SET_WORKSPACE_SCOPE = {
  name: 'kernel.set-workspace-scope',
  text: `select set_config('role', '${APP_ROLE}', false), set_config('parley.workspace_id', $1, false)`,
};
const SET_SYSTEM_SCOPE = {
  name: 'kernel.set-system-scope',
  text: `select set_config('role', 'none', false), set_config('parley.workspace_id', '', false)`,
};

/** Sets the scope of the session of a connection. */
export function setScope(client: pg.PoolClient, scope: string): Promise<unknown> {
  return client.query(scope === SYSTEM_SCOPE ? SET_SYSTEM_SCOPE : { ...SET_WORKSPACE_SCOPE, values: [scope] });
}

/**
 * A pool whose connections have the scope of the work that checks them out.
 *
 * Work of a workspace runs with that workspace set and as a role to which row-level security applies. Work of the
 * system runs as the owner. A connection remembers its scope, so consecutive statements of one workspace need no extra
 * round trip. Without the role (`rowSecurity` is false), all work runs as the owner.
 */
export class ScopedPool extends pg.Pool {
  /** Set to true after the migrations have created the role. */
  rowSecurity = false;

  constructor(options?: pg.PoolConfig) {
    super(options);
    ignoreConnectionErrors(this);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    const scope = currentScope();
    // Prefers a connection that is already in the scope, to avoid switching.
    preferIdleClient(this, (client) => !this.needsScopeSwitch(client, scope));
    if (callback === undefined) {
      return super.connect().then(
        async (client) => {
          await this.switchScope(client, scope);
          return client;
        },
        (error: unknown) => {
          throw markDatabaseError(error);
        },
      );
    }
    super.connect((error, client, release) => {
      if (error || client === undefined)
        return callback(markDatabaseError(error), client as unknown as pg.PoolClient, release);
      if (!this.needsScopeSwitch(client, scope)) return callback(undefined, client, release);
      this.switchScope(client, scope).then(
        () => callback(undefined, client, release),
        (failure: Error) => callback(failure, undefined as unknown as pg.PoolClient, () => undefined),
      );
    });
  }

  private needsScopeSwitch(client: ScopedClient, scope: string): boolean {
    return this.rowSecurity && (client.parleyScope ?? SYSTEM_SCOPE) !== scope;
  }

  private async switchScope(client: ScopedClient, scope: string): Promise<void> {
    if (!this.needsScopeSwitch(client, scope)) return;
    try {
      await setScope(client, scope);
      client.parleyScope = scope;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

/**
 * Listens for errors of all connections of a pool, from their start to their end. Without a listener, the loss of a
 * connection that is checked out or being closed would end the process. The statements on it report the loss.
 */
export function ignoreConnectionErrors(pool: pg.Pool): void {
  pool.on('connect', (client) => client.on('error', markDatabaseError));
}
