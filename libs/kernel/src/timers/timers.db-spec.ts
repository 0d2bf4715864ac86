import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { WORKSPACE } from '../events/testing/test-events.js';
import { eventually } from '../testing/index.js';
import { Bell, KIND, TimerProcesses } from './testing/timer-processes.js';
import { OnTimer, Timers } from './timers.js';

@Injectable()
class OtherBell {
  @OnTimer(KIND)
  ring(): Promise<void> {
    return Promise.resolve();
  }
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
