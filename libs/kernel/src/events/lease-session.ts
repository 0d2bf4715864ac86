import pg from 'pg';
import type { Logger } from '@nestjs/common';

/** Channel on which processes notify each other of new events. */
export const EVENTS_CHANNEL = 'parley_events';

/** Channel of live signals, which are not stored. */
export const SIGNALS_CHANNEL = 'parley_signals';

/**
 * A separate session for LISTEN and for the advisory locks that assign subscribers to processes. Postgres releases both
 * when the process ends.
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
    /** Called when the session is lost, and with it all leases. */
    private readonly onLost: () => void,
  ) {}

  /** Acquires the lease if it is free. */
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

  /** True if the current session holds the lease. */
  hasLease(name: string): boolean {
    return this.heldLeases.has(name);
  }

  /** Notifies all listening processes, including this one. */
  async notify(channel: string, payload: string): Promise<void> {
    const client = await this.open();
    await client.query(`select pg_notify($1, $2)`, [channel, payload]);
  }

  /** Opens the session if it is not open. */
  open(): Promise<pg.Client> {
    if (this.closed) return Promise.reject(new Error('the lease session is closed'));
    if (this.client) return Promise.resolve(this.client);
    this.opening ??= this.connect().finally(() => (this.opening = null));
    return this.opening;
  }

  /** Closes the session and releases all leases. */
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
      // The locks of a machine that disappeared must be released within a minute.
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
    this.logger.warn(`The lease session was lost${error ? `: ${error.message}` : ''}`);
    this.onLost();
  }
}
