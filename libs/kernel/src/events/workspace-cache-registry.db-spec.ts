import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { runInContext, systemContext } from '../context/request-context.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { Events } from './events.js';
import type { RecordedEvent } from './domain-event.js';
import { Subscribe } from './subscribe.js';
import { startEventKernel } from './testing/event-kernel.js';
import { NoteCreated, publish, SUBJECT, WhisperCreated, WORKSPACE } from './testing/test-events.js';
import { WorkspaceCacheRegistry, type WorkspaceCache } from './workspace-cache-registry.service.js';

/** In another lane than the usual subject. */
const OTHER_SUBJECT = '0190b6a1-7c00-7000-8000-000000000003';
const CREATE_TABLE = statement('testing.settings', 'create table public.settings (value int)');
const GRANT = statement('testing.grant-settings', 'grant all on public.settings to parley_app');
const LIST = statement('testing.list-settings', 'select value from public.settings order by value');
const ADD = statement('testing.add-setting', 'insert into public.settings values ($1)');

/** Counts the settings in its database for each note. A whisper is the event of a new setting. */
@Injectable()
class SettingsReader {
  /** By the text of the note. */
  readonly counts = new Map<string, number>();
  loads = 0;
  beforeLoad: () => Promise<void> = () => Promise.resolve();
  private readonly cache: WorkspaceCache<readonly unknown[]>;

  constructor(database: Database, caches: WorkspaceCacheRegistry) {
    this.cache = caches.create([WhisperCreated], async () => {
      this.loads += 1;
      await this.beforeLoad();
      return database.rows(LIST);
    });
  }

  @Subscribe([NoteCreated], { id: 'testing.settings-reader', from: 'start' })
  async read({ workspaceId, data }: RecordedEvent<{ text: string }>): Promise<void> {
    this.counts.set(data.text, (await this.cache.get(workspaceId)).length);
  }
}

describe('WorkspaceCacheRegistry', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let publisher: INestApplicationContext;

  const reader = () => app.get(SettingsReader);
  const addNote = (from: INestApplicationContext, text: string) =>
    publish(from, new NoteCreated(SUBJECT, { text }, WORKSPACE));
  const addSetting = (from: INestApplicationContext, value: number) =>
    runInContext(systemContext('test'), () =>
      from.get(UnitOfWork).run(async () => {
        await from.get(Database).execute(ADD, [value]);
        from.get(Events).append(new WhisperCreated(SUBJECT, { text: String(value) }, WORKSPACE));
      }),
    );

  beforeEach(async () => {
    database = await createTestDatabase();
    app = await startEventKernel({ url: database.url, providers: [SettingsReader], relay: { pollMs: 20 } });
    publisher = await startEventKernel({ url: database.url, relay: { runSubscribers: false, pollMs: 20 } });
    await app.get(Database).execute(CREATE_TABLE);
    await app.get(Database).execute(GRANT);
  });

  afterEach(async () => {
    await app.close();
    await publisher.close();
    await database.drop();
  });

  it('should show a handler every change that was committed before its event, in any process', async () => {
    const expected = new Map<string, number>();
    let settings = 0;
    for (let step = 0; step < 120; step += 1) {
      const from = step % 3 === 0 ? publisher : app;
      if (step % 5 === 4) await addSetting(from, (settings += 1));
      else {
        await addNote(from, `n${step}`);
        expected.set(`n${step}`, settings);
      }
    }
    await eventually(() => expect(reader().counts.size).toBe(expected.size));
    const stale = [...expected].filter(([text, count]) => reader().counts.get(text)! < count);
    expect(stale).toEqual([]);
    expect(reader().loads).toBeLessThanOrEqual(settings + 1);
  });

  it('should not keep a value whose load was in progress when it changed', async () => {
    const finishLoads: (() => void)[] = [];
    reader().beforeLoad = () => new Promise((resolve) => finishLoads.push(resolve));
    await addNote(app, 'before');
    await eventually(() => expect(reader().loads).toBe(1));
    await addSetting(publisher, 1);
    // In another lane, because the first note is still being handled.
    await publish(app, new NoteCreated(OTHER_SUBJECT, { text: 'after' }, WORKSPACE));
    await eventually(() => expect(reader().loads).toBe(2));
    finishLoads.reverse().forEach((finish) => finish());
    await addNote(app, 'last');
    await eventually(() => expect(reader().counts.get('last')).toBe(1));
    expect(reader().counts.get('after')).toBe(1);
    expect(reader().loads).toBe(2);
  });

  it('should load again after a load that failed', async () => {
    reader().beforeLoad = () => {
      reader().beforeLoad = () => Promise.resolve();
      return Promise.reject(new Error('no connection'));
    };
    await addNote(app, 'a');
    await eventually(() => expect(reader().counts.get('a')).toBe(0));
    expect(reader().loads).toBe(2);
  });
});
