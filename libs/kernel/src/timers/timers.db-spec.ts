import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Statement } from '../database/statement.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { WORKSPACE } from '../events/testing/test-events.js';
import { eventually } from '../testing/index.js';
import { Bell, KIND, TimerProcesses } from './testing/timer-processes.js';
import { TimerRunner } from './timer-runner.service.js';
import { OnTimer, Timers } from './timers.js';

@Injectable()
class OtherBell {
  @OnTimer(KIND)
  ring(): Promise<void> {
    return Promise.resolve();
  }
}

/** Records the names of the statements of a process, except those that start and end transactions. */
function recordStatements(database: Database): string[] {
  const names: string[] = [];
  for (const method of ['rows', 'execute'] as const) {
    const original = database[method].bind(database) as (statement: Statement, values?: readonly unknown[]) => unknown;
    (database as unknown as Record<string, unknown>)[method] = (statement: Statement, values?: readonly unknown[]) => {
      names.push(statement.name);
      return original(statement, values);
    };
  }
  return names;
}

describe('timers', () => {
  let processes: TimerProcesses;

  beforeEach(async () => {
    processes = await TimerProcesses.open();
  });

  afterEach(() => processes.close());

  const firedKeys = (...keys: string[]) => eventually(async () => expect(await processes.listRings()).toEqual(keys));

  it('should fire when due and not before, in the order of their times', async () => {
    await processes.set('late', 20);
    await processes.set('soon', 10);
    await processes.set('never', 3600);
    const bell = (await processes.start()).get(Bell);
    processes.clock.advance(9);
    await sleep(100);
    expect(bell.receivedKeys).toEqual([]);
    processes.clock.advance(20);
    await firedKeys('soon', 'late');
    expect((await processes.listPending()).map(({ key }) => key)).toEqual(['never']);
  });

  it('should fire once on start when they became due while no process was running', async () => {
    await processes.set('a', -3600);
    await processes.set('b', 60);
    processes.clock.advance(7200);
    expect(processes.setter.get(Bell).receivedKeys).toEqual([]);
    await processes.start();
    await firedKeys('a', 'b');
    await sleep(100);
    expect(await processes.listRings()).toEqual(['a', 'b']);
    expect(await processes.listPending()).toEqual([]);
  });

  it('should fire once with several processes', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
    for (const key of keys) await processes.set(key, 10);
    const bells = (await Promise.all([processes.start(), processes.start(), processes.start()])).map((app) =>
      app.get(Bell),
    );
    for (const bell of bells) bell.after = () => sleep(5);
    processes.clock.advance(11);
    await eventually(async () => expect((await processes.listRings()).length).toBeGreaterThanOrEqual(keys.length));
    await sleep(100);
    expect((await processes.listRings()).sort()).toEqual([...keys].sort());
    expect(bells.flatMap((bell) => bell.receivedKeys)).toHaveLength(keys.length);
    expect(bells.filter((bell) => bell.receivedKeys.length > 0).length).toBeGreaterThan(1);
  });

  it('should share transactions and need few statements', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `k${String(index).padStart(2, '0')}`);
    for (const [index, key] of keys.entries()) await processes.set(key, 1 + index / 1000);
    const app = await processes.start();
    const names = recordStatements(app.get(Database));
    processes.clock.advance(2);
    await firedKeys(...keys);
    const count = (name: string): number => names.filter((other) => other === name).length;
    expect(count('testing.ring')).toBe(keys.length);
    expect(count('kernel.claim-timer')).toBe(keys.length);
    expect(names.length - count('kernel.list-due-timers')).toBe(2 * keys.length);
    expect(await processes.countTransactions()).toBeLessThan(keys.length / 2);
  });

  it('should not fire when an earlier one has canceled or moved them', async () => {
    for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) await processes.set(key, index - 10);
    const app = await processes.start({ relay: { runSubscribers: false } });
    const bell = app.get(Bell);
    bell.after = async ({ key }) => {
      if (key !== 'a') return;
      await app.get(Timers).cancel(WORKSPACE, KIND, 'b');
      await processes.set('c', 60, app);
    };
    await app.get(TimerRunner).fireDue();
    expect(await processes.listRings()).toEqual(['a', 'd']);
    expect(await processes.listPending()).toMatchObject([{ key: 'c' }]);
  });

  it('should not lock the later ones of a transaction', async () => {
    for (const [index, key] of ['a', 'b'].entries()) await processes.set(key, index - 10);
    const app = await processes.start({ relay: { runSubscribers: false } });
    const bell = app.get(Bell);
    bell.after = ({ key }) =>
      key === 'a'
        ? app.get(UnitOfWork).runInNewTransaction(() => app.get(Timers).cancel(WORKSPACE, KIND, 'b'))
        : undefined;
    await app.get(TimerRunner).fireDue();
    expect(await processes.listRings()).toEqual(['a']);
    expect(await processes.listPending()).toEqual([]);
  });

  it('should be settable again by their handler', async () => {
    const app = await processes.start();
    const bell = app.get(Bell);
    bell.after = () => (bell.receivedKeys.length < 3 ? processes.set('a', 60, app) : undefined);
    await processes.set('a', 0);
    await firedKeys('a');
    processes.clock.advance(60);
    await firedKeys('a', 'a');
    processes.clock.advance(60);
    await firedKeys('a', 'a', 'a');
    expect(await processes.listPending()).toEqual([]);
  });

  it('should be set, moved and canceled only when the unit of work commits', async () => {
    await processes.set('kept', 10);
    await processes.set('gone', 10);
    const work = processes.setter.get(UnitOfWork);
    await expect(
      work.run(async () => {
        await processes.set('never', 10);
        await processes.setter.get(Timers).cancel(WORKSPACE, KIND, 'kept');
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    await work.run(() => processes.setter.get(Timers).cancel(WORKSPACE, KIND, 'gone'));
    await processes.set('kept', 30);
    expect(await processes.listPending()).toMatchObject([{ key: 'kept', dueAt: '2026-01-15T12:00:30.000Z' }]);
  });

  it('should reject two handlers of one kind on start', async () => {
    await expect(processes.start({ providers: [Bell, OtherBell] })).rejects.toThrow(
      /OtherBell\.ring: timers of kind testing\.ring already have a handler/,
    );
  });
});
