import { setTimeout as sleep } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';

/** Purpose of a client: commands, subscriptions, or blocking reads of waiting jobs. */
export type BullClientType = 'client' | 'subscriber' | 'bclient';

const QUIT_TIMEOUT_MS = 500;

/**
 * Client for blocking reads. Bull reconnects it when a queue is paused and does not handle a rejection, which would end
 * the process if Redis is down during the shutdown. The client reconnects by itself.
 */
class BlockingClient extends Redis {
  override connect(callback?: (error?: Error | null) => void): Promise<void> {
    return super.connect(callback as never).catch(() => undefined);
  }
}

/**
 * Redis clients of the queues of a process. All queues share one client for commands and one for subscriptions. Each
 * queue that is processed has its own client for blocking reads.
 */
export class BullConnections {
  private readonly shared = new Map<BullClientType, Redis>();
  private readonly blocking: Redis[] = [];

  /** Returns the client that a queue uses for this purpose. Called by Bull. */
  readonly createClient = (type: BullClientType, options: RedisOptions = {}): Redis => {
    if (type === 'bclient') {
      const client = new BlockingClient({ ...options, maxRetriesPerRequest: null });
      this.blocking.push(client);
      return client;
    }
    const existing = this.shared.get(type);
    if (existing) return existing;
    const client = new Redis(type === 'subscriber' ? { ...options, maxRetriesPerRequest: null } : options);
    // Every queue adds its listeners, and removes them when it is closed.
    client.setMaxListeners(0);
    client.on('error', () => undefined);
    this.shared.set(type, client);
    return client;
  };

  /** Closes all clients. Commands that were sent before are completed if Redis answers in time. */
  async close(): Promise<void> {
    for (const client of this.blocking) disconnect(client);
    await Promise.all([...this.shared.values()].map(quit));
  }
}

async function quit(client: Redis): Promise<void> {
  if (client.status === 'ready')
    await Promise.race([client.quit().catch(() => undefined), sleep(QUIT_TIMEOUT_MS, undefined, { ref: false })]);
  disconnect(client);
}

function disconnect(client: Redis): void {
  if (client.status !== 'end') client.disconnect();
}
