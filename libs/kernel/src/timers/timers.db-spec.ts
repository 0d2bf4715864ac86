import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DeadLettersService } from '../events/dead-letters.service.js';
import { startEventKernel, type EventKernelOptions } from '../events/testing/event-kernel.js';
import { WORKSPACE } from '../events/testing/notes.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { OnTimer, Timers } from './timers.js';
import type { DueTimer } from './timers.repository.js';

const KIND = 'testing.ring';
const RING = statement('testing.ring', 'insert into rings (key) values ($1)');
const RINGS = statement('testing.rings', 'select key from rings order by n');
const WAITING = statement('testing.waiting-timers', `select key, due_at as "dueAt", attempts from kernel.timers order by key`);
const BEGIN = Date.parse('2026-01-15T12:00:00.000Z');

class SetClock extends Clock {
  private time = BEGIN;

  now(): Date {
    return new Date(this.time);
  }

  pass(seconds: number): void {
    this.time += seconds * 1000;
  }
}

@Injectable()
class Bell {
  readonly asked: string[] = [];
  then: (timer: DueTimer) => void | Promise<void> = () => undefined;

  constructor(private readonly database: Database) {}

  @OnTimer(KIND)
  async ring(timer: DueTimer): Promise<void> {
    this.asked.push(timer.key);
    await this.database.execute(RING, [timer.key]);
    await this.then(timer);
  }
}

@Injectable()
class OtherBell {
  @OnTimer(KIND)
  ring(): Promise<void> {
    return Promise.resolve();
  }
}

describe('timers', () => {
  let database: TestDatabase;
  let clock: SetClock;
  /** A process that sets timers and fires none. */
  let setter: INestApplicationContext;
  const apps: INestApplicationContext[] = [];

  async function start(options: Partial<EventKernelOptions> = {}): Promise<INestApplicationContext> {
    const app = await startEventKernel({ url: database.url, providers: [Bell], clock, relay: { pollMs: 20 }, ...options });
    apps.push(app);
    return app;
  }

  async function set(key: string, inSeconds: number, app = setter): Promise<void> {
    const dueAt = new Date(clock.now().getTime() + inSeconds * 1000);
    await app.get(Timers).set({ workspaceId: WORKSPACE, kind: KIND, key, payload: { for: key }, dueAt });
  }

  const rings = async () => (await setter.get(Database).rows<{ key: string }>(RINGS)).map(({ key }) => key);
  const waiting = () => setter.get(Database).rows<{ key: string; dueAt: string; attempts: number }>(WAITING);
  const rang = (...keys: string[]) => eventually(async () => expect(await rings()).toEqual(keys));
  const secondsLeft = async () => (await waiting()).map(({ dueAt }) => (Date.parse(dueAt) - clock.now().getTime()) / 1000);

  beforeEach(async () => {
    database = await createTestDatabase();
    clock = new SetClock();
    setter = await start({ relay: { holdSubscribers: false } });
    await setter.get(Database).execute(statement('testing.rings-table', 'create table rings (n bigint generated always as identity, key text)'));
  });

  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
    await database.drop();
  });

  it('should fire when due and not before, the longest due first', async () => {
    await set('late', 20);
    await set('soon', 10);
    await set('never', 3600);
    const bell = (await start()).get(Bell);
    clock.pass(9);
    await sleep(100);
    expect(bell.asked).toEqual([]);
    clock.pass(20);
    await rang('soon', 'late');
    expect((await waiting()).map(({ key }) => key)).toEqual(['never']);
  });

  it('should fire once, on the start, what came due while nobody ran', async () => {
    await set('a', -3600);
    await set('b', 60);
    clock.pass(7200);
    expect(setter.get(Bell).asked).toEqual([]);
    await start();
    await rang('a', 'b');
    await sleep(100);
    expect(await rings()).toEqual(['a', 'b']);
    expect(await waiting()).toEqual([]);
  });

  it('should be fired by one of several processes each', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
    for (const key of keys) await set(key, 10);
    const bells = (await Promise.all([start(), start(), start()])).map((app) => app.get(Bell));
    for (const bell of bells) bell.then = () => sleep(5);
    clock.pass(11);
    await eventually(async () => expect((await rings()).length).toBeGreaterThanOrEqual(keys.length));
    await sleep(100);
    expect((await rings()).sort()).toEqual([...keys].sort());
    expect(bells.flatMap((bell) => bell.asked)).toHaveLength(keys.length);
    expect(bells.filter((bell) => bell.asked.length > 0).length).toBeGreaterThan(1);
  });

  it('should survive a failure and be tried again after growing pauses', async () => {
    const bell = (await start()).get(Bell);
    bell.then = () => {
      if (bell.asked.length < 3) throw new Error('it slipped');
    };
    await set('a', 0);
    await eventually(async () => expect(await secondsLeft()).toEqual([5]));
    expect(await rings()).toEqual([]);
    clock.pass(5);
    await eventually(async () => expect(await secondsLeft()).toEqual([20]));
    clock.pass(20);
    await rang('a');
    expect(bell.asked).toEqual(['a', 'a', 'a']);
    expect(await waiting()).toEqual([]);
  });

  it('should be parked after five tries, and fire again when redriven', async () => {
    const app = await start();
    const bell = app.get(Bell);
    bell.then = () => {
      if (bell.asked.length <= 5) throw new Error('it slipped');
    };
    await set('a', 0);
    const letter = await eventually(async () => {
      clock.pass(500);
      return (await app.get(DeadLettersService).list(WORKSPACE, false, 10, 0)).letters[0] ?? null;
    }, { intervalMs: 50 });
    expect(letter).toMatchObject({ kind: 'timer', consumer: KIND, attempts: 5, payload: { key: 'a', payload: { for: 'a' } } });
    expect(await waiting()).toEqual([]);
    expect(await rings()).toEqual([]);
    await app.get(DeadLettersService).redrive(WORKSPACE, letter.id);
    await rang('a');
  });

  it('should be fired by another process when its session ends in the middle', async () => {
    const app = await start();
    const bell = app.get(Bell);
    bell.then = async () => {
      if (bell.asked.length === 1) await app.get(Database).rows(statement('testing.end-own-session', 'select pg_terminate_backend(pg_backend_pid())'));
    };
    await set('a', 0);
    await eventually(() => {
      clock.pass(1);
      return bell.asked.length > 1;
    });
    await rang('a');
  });

  it('should keep the time that it was set anew for while its handler was failing', async () => {
    const bell = (await start()).get(Bell);
    let moved: Promise<void> = Promise.resolve();
    bell.then = async () => {
      moved = set('a', 900);
      await sleep(50);
      throw new Error('it slipped');
    };
    await set('a', 0);
    await eventually(() => expect(bell.asked).toEqual(['a']));
    await moved;
    await sleep(100);
    expect(await secondsLeft()).toEqual([900]);
    expect(await waiting()).toMatchObject([{ attempts: 0 }]);
  });

  it('should let its handler set it anew', async () => {
    const app = await start();
    const bell = app.get(Bell);
    bell.then = () => (bell.asked.length < 3 ? set('a', 60, app) : undefined);
    await set('a', 0);
    await rang('a');
    clock.pass(60);
    await rang('a', 'a');
    clock.pass(60);
    await rang('a', 'a', 'a');
    expect(await waiting()).toEqual([]);
  });

  it('should stand and fall with the unit of work that sets, moves or cancels it', async () => {
    await set('kept', 10);
    await set('gone', 10);
    const work = setter.get(UnitOfWork);
    await expect(
      work.run(async () => {
        await set('never', 10);
        await setter.get(Timers).cancel(WORKSPACE, KIND, 'kept');
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    await work.run(() => setter.get(Timers).cancel(WORKSPACE, KIND, 'gone'));
    await set('kept', 30);
    expect(await waiting()).toMatchObject([{ key: 'kept', dueAt: '2026-01-15T12:00:30.000Z' }]);
  });

  it('should not start a process in which two methods take one kind', async () => {
    await expect(start({ providers: [Bell, OtherBell] })).rejects.toThrow(/OtherBell\.ring: timers of kind testing\.ring have a handler already/);
  });
});
