import type { Writable } from 'node:stream';
import type pg from 'pg';

/**
 * Members of pg and pg-pool that their types do not declare. No other file uses them. `pg-internals.db-spec.ts` fails
 * if an upgrade changes them.
 */
interface PoolInternals {
  /** Idle connections. The pool hands out the last one first. */
  readonly _idle: { readonly client: pg.PoolClient }[];
}

interface ClientInternals {
  readonly connection: { readonly stream: Writable };
}

/** Moves an idle connection for which `isPreferred` is true to the position that the pool takes next. */
export function preferIdleClient(pool: pg.Pool, isPreferred: (client: pg.PoolClient) => boolean): void {
  const idle = (pool as unknown as PoolInternals)._idle;
  const index = idle.findLastIndex(({ client }) => isPreferred(client));
  if (index >= 0 && index < idle.length - 1) idle.push(...idle.splice(index, 1));
}

/** Sends all statements of the current turn of the event loop on this connection in one packet. */
export function sendTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as ClientInternals).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
