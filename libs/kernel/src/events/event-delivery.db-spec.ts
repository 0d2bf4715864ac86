import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { currentContext, runInContext, systemContext } from '../context/request-context.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import type { RecordedEvent } from './domain-event.js';
import { EventRelayService } from './event-relay.service.js';
import { Events } from './events.js';
import { Subscribe } from './subscribe.js';
import { startEventKernel, type EventKernelOptions } from './testing/event-kernel.js';
import {
  addEffect,
  EFFECTS_TABLE,
  listEffects,
  publishNotes,
  NoteCreated,
  publish,
  SUBJECT,
  WhisperCreated,
  readLog,
  WORKSPACE,
} from './testing/test-events.js';
import { Recorder, RECORDER } from './testing/recorder.js';

const LATE_SUBSCRIBER = 'testing.late-subscriber';

@Injectable()
class LateSubscriber {
  constructor(private readonly database: Database) {}

  @Subscribe('all', { id: LATE_SUBSCRIBER })
  record(event: RecordedEvent): Promise<void> {
    return addEffect(this.database, LATE_SUBSCRIBER, event as RecordedEvent<{ text: string }>);
  }
}

@Injectable()
class DuplicateIdSubscriber {
  @Subscribe([NoteCreated], { id: RECORDER })
  record(): Promise<void> {
    return Promise.resolve();
  }
}

describe('event delivery', () => {
  let database: TestDatabase;
  const apps: INestApplicationContext[] = [];

  async function start(options: Partial<EventKernelOptions> = {}): Promise<INestApplicationContext> {
    const app = await startEventKernel({ url: database.url, providers: [Recorder], ...options });
    apps.push(app);
    return app;
  }

  beforeEach(async () => {
    database = await createTestDatabase();
    const app = await start({ providers: [], relay: { runSubscribers: false } });
    await app.get(Database).execute(statement('testing.effects-table', EFFECTS_TABLE));
  });

  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
    await database.drop();
  });

  it('should publish no event when the unit of work is rolled back', async () => {
    const app = await start();
    const failing = app.get(UnitOfWork).run(async () => {
      app.get(Events).append(new NoteCreated(SUBJECT, { text: 'never' }, WORKSPACE));
      await app.get(Database).rows(statement('testing.fails', 'select 1 / 0'));
    });
    await expect(failing).rejects.toThrow(/division by zero/);
    await publishNotes(app, 'after');
    await eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(['after']));
    expect((await readLog(app)).map((event) => event.data.text)).toEqual(['after']);
    expect(app.get(Recorder).receivedTexts).toEqual(['after']);
  });

  it('should throw when an event is appended outside of a unit of work', async () => {
    const app = await start();
    expect(() => app.get(Events).append(new NoteCreated(SUBJECT, { text: 'x' }, WORKSPACE))).toThrow(
      /requires a unit of work/,
    );
  });

  it('should pass the upcoming events of the lane to a handler', async () => {
    const app = await start();
    await publish(app, ...['a', 'b', 'c'].map((text) => new NoteCreated(SUBJECT, { text }, WORKSPACE)));
    await eventually(() => expect(app.get(Recorder).receivedTexts).toEqual(['a', 'b', 'c']));
    expect(app.get(Recorder).upcomingTexts).toEqual([['b', 'c'], ['c'], []]);
  });

  it('should not deliver an event before the commit', async () => {
    const app = await start();
    let commit: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (commit = resolve));
    const open = app.get(UnitOfWork).run(async () => {
      app.get(Events).append(new NoteCreated(SUBJECT, { text: 'a' }, WORKSPACE));
      await gate;
    });
    await publishNotes(app, 'earlier');
    await eventually(() => expect(app.get(Recorder).receivedTexts).toEqual(['earlier']));
    commit();
    await open;
    await eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(['earlier', 'a']));
  });

  it('should store events in the order of the calls, including those of `beforeCommit` steps', async () => {
    const app = await start();
    const work = app.get(UnitOfWork);
    await work.run(async () => {
      for (const text of ['1', '2', '3']) app.get(Events).append(new NoteCreated(SUBJECT, { text }, WORKSPACE));
      work
        .current()!
        .beforeCommit.push(
          async () => void app.get(Events).append(new NoteCreated(SUBJECT, { text: 'last' }, WORKSPACE)),
        );
    });
    await eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(['1', '2', '3', 'last']));
  });

  it('should deliver events after a restart when they were committed while no relay was running', async () => {
    const first = await start();
    await publishNotes(first, 'a');
    await eventually(async () => expect(await listEffects(first, RECORDER)).toEqual(['a']));
    await first.close();
    await publishNotes(apps[0]!, 'b', 'c');
    const second = await start();
    await eventually(async () => expect(await listEffects(second, RECORDER)).toEqual(['a', 'b', 'c']));
    expect(second.get(Recorder).receivedTexts).toEqual(['b', 'c']);
  });

  it('should start a new subscriber at the end of the log, or at its start with `from: start`', async () => {
    await publishNotes(apps[0]!, 'old');
    const app = await start({ providers: [Recorder, LateSubscriber] });
    await publishNotes(app, 'new');
    await eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(['old', 'new']));
    await eventually(async () => expect(await listEffects(app, LATE_SUBSCRIBER)).toEqual(['new']));
  });

  it('should apply an event once when the connection is lost between the effect and the commit', async () => {
    const app = await start();
    const killed: string[] = [];
    app.get(Recorder).after = async ({ data }) => {
      if (killed.length > 0) return;
      killed.push(data.text);
      await app
        .get(Database)
        .rows(statement('testing.end-own-session', 'select pg_terminate_backend(pg_backend_pid())'));
    };
    await publishNotes(app, 'a', 'b');
    await eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(['a', 'b']));
    expect(app.get(Recorder).receivedTexts.filter((text) => text === killed[0])).toHaveLength(2);
  });

  it('should deliver events of all workspaces immediately when a request of one workspace commits', async () => {
    const other = newId();
    const app = await start({ relay: { pollMs: 60_000 } });
    await publish(apps[0]!, new NoteCreated(SUBJECT, { text: 'of another workspace' }, other));
    const request = { ...systemContext('request'), scope: WORKSPACE };
    await runInContext(request, () =>
      app.get(UnitOfWork).run(async () => app.get(Events).append(new NoteCreated(SUBJECT, { text: 'own' }))),
    );
    // Two workspaces are two lanes, which have no order between them.
    await eventually(
      async () => expect((await listEffects(app, RECORDER)).sort()).toEqual(['of another workspace', 'own']),
      { timeoutMs: 3000 },
    );
  });

  it('should set cause, correlation ID and depth when a handler appends an event', async () => {
    const app = await start();
    const contexts: unknown[] = [];
    app.get(Recorder).after = ({ data, depth }) => {
      contexts.push(currentContext()?.scope);
      if (depth < 3) app.get(Events).append(new NoteCreated(SUBJECT, { text: `${data.text}'` }, WORKSPACE));
      if (depth === 3) app.get(Events).append(new WhisperCreated(newId(), { text: 'end' }, WORKSPACE));
    };
    await publishNotes(app, 'a');
    const log = await eventually(async () => {
      const rows = await readLog(app);
      return rows.length === 5 && rows;
    });
    expect(log.map(({ data, depth }) => [data.text, depth])).toEqual([
      ['a', 0],
      ["a'", 1],
      ["a''", 2],
      ["a'''", 3],
      ['end', 4],
    ]);
    expect(log.map((event) => event.causationId)).toEqual([null, ...log.slice(0, 4).map((event) => event.id)]);
    expect(new Set(log.map((event) => event.correlationId))).toEqual(new Set([log[0]!.correlationId]));
    expect(log[0]!.correlationId).toMatch(/^request-/);
    expect(log.every((event) => event.actor.kind === 'system')).toBe(true);
    expect(new Set(contexts)).toEqual(new Set([WORKSPACE]));
  });

  it('should deliver events of another process before the next poll', async () => {
    const app = await start({ relay: { pollMs: 60_000 } });
    await eventually(() => expect(app.get(EventRelayService).activeSubscriberIds()).toEqual([RECORDER]));
    await publishNotes(apps[0]!, 'from elsewhere');
    await eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(['from elsewhere']), {
      timeoutMs: 3000,
    });
  });

  it('should fail to start when two subscribers have the same ID', async () => {
    await expect(start({ providers: [Recorder, DuplicateIdSubscriber] })).rejects.toThrow(
      /Recorder\.record and DuplicateIdSubscriber\.record have the same ID testing\.recorder/,
    );
  });
});
