import pg from 'pg';
import type { Logger } from '@nestjs/common';

/** Channel on which processes tell each other that the log has grown. */
export const EVENTS_CHANNEL = 'parley_events';

/** Channel of what is told to connected clients and never stored. */
export const SIGNALS_CHANNEL = 'parley_signals';

/**
 * One session of its own for what must end with the process: the advisory locks that say who holds which
 * subscriber, and LISTEN. Postgres frees both the moment the process dies.
 */
export class LeaseSession {
  private client: pg.Client | null = null;
  private readonly heldLeases = new Set<string>();
  private opening: Promise<pg.Client> | null = null;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
    private readonly onNotify: (channel: string, payload: string) => void,
    /** Told when the session broke: everything held by it is lost. */
    private readonly onLost: () => void,
  ) {}

  /** Takes the lease if nobody has it. */
  async tryAcquire(name: string): Promise<boolean> {
    const client = await this.open();
    const result = await client.query<{ acquired: boolean }>(
      `select pg_try_advisory_lock(hashtextextended($1, 0)) as acquired`,
      [`parley.lease.${name}`],
    );
    const { acquired } = result.rows[0]!;
    if (acquired && this.client === client) this.heldLeases.add(name);
    return acquired && this.client === client;
  }

  /** Whether the lease is held by the session as it stands now. */
  hasLease(name: string): boolean {
    return this.heldLeases.has(name);
  }

  /** Tells every process that listens, this one as well. */
  async notify(channel: string, payload: string): Promise<void> {
    const client = await this.open();
    await client.query(`select pg_notify($1, $2)`, [channel, payload]);
  }

  /** Makes sure that the session stands and listens. */
  open(): Promise<pg.Client> {
    if (this.closed) return Promise.reject(new Error('the lease session is closed'));
    if (this.client) return Promise.resolve(this.client);
    this.opening ??= this.connect().finally(() => (this.opening = null));
    return this.opening;
  }

  /** Gives everything up. */
  async close(): Promise<void> {
    this.closed = true;
    await this.opening?.catch(() => undefined);
    const { client } = this;
    this.client = null;
    this.heldLeases.clear();
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'parley lease',
      keepAlive: true,
      // What a machine that vanished has held is to be free within a minute.
      options: '-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3',
    });
    client.on('error', (error) => this.handleConnectionLoss(client, error));
    client.on('end', () => this.handleConnectionLoss(client, null));
    client.on('notification', (message) => this.onNotify(message.channel, message.payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${EVENTS_CHANNEL}; listen ${SIGNALS_CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    return client;
  }

  private handleConnectionLoss(client: pg.Client, error: Error | null): void {
    if (this.client !== client || this.closed) return;
    this.client = null;
    this.heldLeases.clear();
    this.logger.warn(`the lease session was lost${error ? `: ${error.message}` : ''}`);
    this.onLost();
  }
}
