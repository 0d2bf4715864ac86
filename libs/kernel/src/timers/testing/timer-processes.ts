import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import { Database } from '../../database/database.js';
import { statement } from '../../database/statement.js';
import { startEventKernel, type EventKernelOptions } from '../../events/testing/event-kernel.js';
import { WORKSPACE } from '../../events/testing/test-events.js';
import { createTestDatabase, type TestDatabase } from '../../testing/index.js';
import { OnTimer, Timers } from '../timers.js';
import type { DueTimer } from '../timers.repository.js';

/** Timer kind of {@link Bell}. */
export const KIND = 'testing.ring';

const RING = statement('testing.ring', 'insert into rings (key) values ($1)');
const RINGS = statement('testing.rings', 'select key from rings order by n');
const COUNT_TRANSACTIONS = statement(
  'testing.ring-transactions',
  'select count(distinct xmin::text)::int as count from rings',
);
const RINGS_TABLE = statement(
  'testing.rings-table',
  'create table rings (n bigint generated always as identity, key text)',
);
const LIST_PENDING = statement(
  'testing.pending-timers',
  `select key, due_at as "dueAt", attempts from kernel.timers order by key`,
);

/** Clock that only advances manually. */
export class ManualClock extends Clock {
  private time = Date.parse('2026-01-15T12:00:00.000Z');

  now(): Date {
    return new Date(this.time);
  }

  advance(seconds: number): void {
    this.time += seconds * 1000;
  }
}

/** Writes one row for each timer that fires, and records every call. */
@Injectable()
export class Bell {
  readonly receivedKeys: string[] = [];
  /** Runs after the row is written, in the same transaction. */
  after: (timer: DueTimer) => void | Promise<void> = () => undefined;

  constructor(private readonly database: Database) {}

  @OnTimer(KIND)
  async ring(timer: DueTimer): Promise<void> {
    this.receivedKeys.push(timer.key);
    await this.database.execute(RING, [timer.key]);
    await this.after(timer);
  }
}

/** Processes with a common database and clock. The first one sets timers and fires none. */
export class TimerProcesses {
  readonly clock = new ManualClock();
  private readonly apps: INestApplicationContext[] = [];

  private constructor(private readonly database: TestDatabase) {}

  static async open(): Promise<TimerProcesses> {
    const processes = new TimerProcesses(await createTestDatabase());
    const setter = await processes.start({ relay: { runSubscribers: false } });
    await setter.get(Database).execute(RINGS_TABLE);
    return processes;
  }

  async close(): Promise<void> {
    for (const app of this.apps.splice(0)) await app.close();
    await this.database.drop();
  }

  get setter(): INestApplicationContext {
    return this.apps[0]!;
  }

  async start(options: Partial<EventKernelOptions> = {}): Promise<INestApplicationContext> {
    const app = await startEventKernel({
      url: this.database.url,
      providers: [Bell],
      clock: this.clock,
      relay: { pollMs: 20 },
      ...options,
    });
    this.apps.push(app);
    return app;
  }

  async set(key: string, inSeconds: number, app = this.setter): Promise<void> {
    const dueAt = new Date(this.clock.now().getTime() + inSeconds * 1000);
    await app.get(Timers).set({ workspaceId: WORKSPACE, kind: KIND, key, payload: { for: key }, dueAt });
  }

  /** Returns the keys that fired and were committed, in order. */
  async listRings(): Promise<string[]> {
    return (await this.setter.get(Database).rows<{ key: string }>(RINGS)).map(({ key }) => key);
  }

  /** Returns the number of transactions that fired timers. */
  async countTransactions(): Promise<number> {
    return (await this.setter.get(Database).row<{ count: number }>(COUNT_TRANSACTIONS))!.count;
  }

  listPending(): Promise<{ key: string; dueAt: string; attempts: number }[]> {
    return this.setter.get(Database).rows(LIST_PENDING);
  }

  /** Returns the seconds until each pending timer is due. */
  async listSecondsUntilDue(): Promise<number[]> {
    return (await this.listPending()).map(({ dueAt }) => (Date.parse(dueAt) - this.clock.now().getTime()) / 1000);
  }
}
