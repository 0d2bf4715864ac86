import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { DeadLettersService } from '../events/dead-letters.service.js';
import { WORKSPACE } from '../events/testing/test-events.js';
import { eventually } from '../testing/index.js';
import { Bell, KIND, TimerProcesses } from './testing/timer-processes.js';
import { TimerRunner } from './timer-runner.service.js';

describe('timers with a failing handler', () => {
  let processes: TimerProcesses;

  beforeEach(async () => {
    processes = await TimerProcesses.open();
  });

  afterEach(() => processes.close());

  const firedKeys = (...keys: string[]) => eventually(async () => expect(await processes.listRings()).toEqual(keys));

  it('should be retried after growing pauses', async () => {
    const bell = (await processes.start()).get(Bell);
    bell.after = () => {
      if (bell.receivedKeys.length < 3) throw new Error('handler failed');
    };
    await processes.set('a', 0);
    await eventually(async () => expect(await processes.listSecondsUntilDue()).toEqual([5]));
    expect(await processes.listRings()).toEqual([]);
    processes.clock.advance(5);
    await eventually(async () => expect(await processes.listSecondsUntilDue()).toEqual([20]));
    processes.clock.advance(20);
    await firedKeys('a');
    expect(bell.receivedKeys).toEqual(['a', 'a', 'a']);
    expect(await processes.listPending()).toEqual([]);
  });

  it('should be parked after five attempts and fire again when redriven', async () => {
    const app = await processes.start();
    const bell = app.get(Bell);
    bell.after = () => {
      if (bell.receivedKeys.length <= 5) throw new Error('handler failed');
    };
    await processes.set('a', 0);
    const deadLetter = await eventually(
      async () => {
        processes.clock.advance(500);
        return (await app.get(DeadLettersService).list(WORKSPACE, false, 10, 0)).deadLetters[0] ?? null;
      },
      { intervalMs: 50 },
    );
    expect(deadLetter).toMatchObject({
      kind: 'timer',
      consumer: KIND,
      attempts: 5,
      payload: { key: 'a', payload: { for: 'a' } },
    });
    expect(await processes.listPending()).toEqual([]);
    expect(await processes.listRings()).toEqual([]);
    await app.get(DeadLettersService).redrive(WORKSPACE, deadLetter.id);
    await firedKeys('a');
  });

  it('should not delay or repeat the effects of the others', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const [index, key] of keys.entries()) await processes.set(key, index - 10);
    const app = await processes.start({ relay: { runSubscribers: false } });
    app.get(Bell).after = ({ key }) => {
      if (key === 'c' || key === 'd') throw new Error('handler failed');
    };
    await app.get(TimerRunner).fireDue();
    expect(await processes.listRings()).toEqual(['a', 'b', 'e', 'f']);
    expect(await processes.countTransactions()).toBe(2);
    expect(await processes.listPending()).toMatchObject([
      { key: 'c', attempts: 1 },
      { key: 'd', attempts: 1 },
    ]);
  });

  it('should fire once when the session ends during the handler', async () => {
    const app = await processes.start();
    const bell = app.get(Bell);
    bell.after = async () => {
      if (bell.receivedKeys.length === 1)
        await app
          .get(Database)
          .rows(statement('testing.end-own-session', 'select pg_terminate_backend(pg_backend_pid())'));
    };
    await processes.set('a', 0);
    await eventually(() => {
      processes.clock.advance(1);
      return bell.receivedKeys.length > 1;
    });
    await firedKeys('a');
  });

  it('should keep a new time that is set while the handler fails', async () => {
    const bell = (await processes.start()).get(Bell);
    let fail: () => void = () => undefined;
    bell.after = () => new Promise((_resolve, reject) => (fail = () => reject(new Error('handler failed'))));
    await processes.set('a', 0);
    await eventually(() => expect(bell.receivedKeys).toEqual(['a']));
    // Waits for the row, which the handler's transaction has locked.
    const postponed = processes.set('a', 900);
    await sleep(50);
    fail();
    await postponed;
    await sleep(100);
    expect(await processes.listSecondsUntilDue()).toEqual([900]);
    expect(await processes.listPending()).toMatchObject([{ attempts: 0 }]);
  });
});
