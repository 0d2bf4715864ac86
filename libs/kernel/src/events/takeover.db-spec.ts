import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { EventRelayService } from './event-relay.service.js';
import { startEventKernel } from './testing/event-kernel.js';
import { EFFECTS_TABLE, listEffects, publishNotes } from './testing/test-events.js';
import { Recorder, RECORDER } from './testing/recorder.js';

const RELAY_PROCESS = fileURLToPath(
  new URL('../../../../dist/libs/kernel/src/events/testing/relay-process.js', import.meta.url),
);

describe('several relay processes', () => {
  let database: TestDatabase;
  let administrator: pg.Client;
  const apps: INestApplicationContext[] = [];
  const children: ChildProcess[] = [];

  /** Starts a process whose sessions have the given application name. */
  async function start(name: string, pollMs = 50): Promise<INestApplicationContext> {
    const app = await startEventKernel({
      url: `${database.url}?application_name=${name}`,
      providers: [Recorder],
      relay: { pollMs },
    });
    apps.push(app);
    return app;
  }

  /** Ends all sessions of a process, as if it had crashed. */
  async function endSessions(name: string): Promise<number> {
    const { rowCount } = await administrator.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      [name],
    );
    return rowCount ?? 0;
  }

  const runsSubscriber = (app: INestApplicationContext) =>
    app.get(EventRelayService).activeSubscriberIds().includes(RECORDER);

  beforeEach(async () => {
    database = await createTestDatabase();
    administrator = new pg.Client({ connectionString: database.url });
    await administrator.connect();
    await administrator.query(EFFECTS_TABLE);
  });

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const app of apps.splice(0)) await app.close();
    await administrator.end();
    await database.drop();
  });

  it('should run a subscriber in one process only, independent of the publisher', async () => {
    const [first, second] = [await start('first'), await start('second')];
    await publishNotes(first, 'a');
    await publishNotes(second, 'b');
    await eventually(async () => expect(await listEffects(first, RECORDER)).toEqual(['a', 'b']));
    expect([runsSubscriber(first), runsSubscriber(second)]).toEqual([true, false]);
    expect(second.get(Recorder).receivedTexts).toEqual([]);
  });

  it('should move a subscriber to another process when its process closes', async () => {
    const [first, second] = [await start('first'), await start('second')];
    await publishNotes(first, 'a');
    await eventually(async () => expect(await listEffects(second, RECORDER)).toEqual(['a']));
    await apps.shift()!.close();
    await publishNotes(second, 'b');
    await eventually(async () => expect(await listEffects(second, RECORDER)).toEqual(['a', 'b']));
    expect(second.get(Recorder).receivedTexts).toEqual(['b']);
  });

  it('should take over a subscriber when its process loses its sessions during an event', async () => {
    const first = await start('first', 60_000);
    let wake: () => void = () => undefined;
    first.get(Recorder).after = () => new Promise((resolve) => (wake = resolve));
    await publishNotes(first, 'a');
    await eventually(() => expect(first.get(Recorder).receivedTexts).toEqual(['a']));
    const second = await start('second');
    expect(await endSessions('first')).toBeGreaterThanOrEqual(2);
    await eventually(async () => expect(await listEffects(second, RECORDER)).toEqual(['a']));
    wake();
    await publishNotes(second, 'b');
    await eventually(async () => expect(await listEffects(second, RECORDER)).toEqual(['a', 'b']));
    expect([runsSubscriber(first), runsSubscriber(second)]).toEqual([false, true]);
    expect(first.get(Recorder).receivedTexts).toEqual(['a']);
  });

  it('should reacquire its subscribers after its sessions were lost, with one effect per event', async () => {
    const app = await start('only');
    const texts = Array.from({ length: 30 }, (_, index) => `n${index}`);
    for (const text of texts) {
      await eventually(() => publishNotes(app, text));
      if (text.endsWith('5')) await endSessions('only');
    }
    await eventually(async () => expect(new Set(await listEffects(app, RECORDER))).toEqual(new Set(texts)));
    const published = await administrator.query<{ text: string }>(
      `select data ->> 'text' as text from kernel.events order by position`,
    );
    expect(await listEffects(app, RECORDER)).toEqual(published.rows.map(({ text }) => text));
    expect(runsSubscriber(app)).toBe(true);
  });

  it('should commit only one of two processes that run the same subscriber', async () => {
    const first = await start('first', 60_000);
    let wake: () => void = () => undefined;
    first.get(Recorder).before = () => new Promise((resolve) => (wake = resolve));
    await publishNotes(first, 'a');
    await eventually(() => expect(first.get(Recorder).receivedTexts).toEqual(['a']));
    await administrator.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and mode = 'ExclusiveLock' and pid <> pg_backend_pid()`,
    );
    const second = await start('second');
    await eventually(async () => expect(await listEffects(second, RECORDER)).toEqual(['a']));
    wake();
    await publishNotes(second, 'b');
    await eventually(async () => expect(await listEffects(second, RECORDER)).toEqual(['a', 'b']));
  });

  it('should redeliver an event when its process is killed while handling it', async () => {
    const child = spawn(process.execPath, [RELAY_PROCESS, database.url, 'from the dead'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await eventually(
      () => once(child.stdout!, 'data').then(([output]) => expect(String(output)).toContain('handling')),
      { timeoutMs: 15_000 },
    );
    const successor = await start('heir');
    expect(runsSubscriber(successor)).toBe(false);
    expect(await listEffects(successor, RECORDER)).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await eventually(async () => expect(await listEffects(successor, RECORDER)).toEqual(['from the dead']), {
      timeoutMs: 10_000,
    });
    expect(successor.get(Recorder).receivedTexts).toEqual(['from the dead']);
  });
});
