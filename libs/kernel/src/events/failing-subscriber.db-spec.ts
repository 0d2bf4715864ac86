import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { currentContext } from '../context/request-context.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import type { DeadLetter } from './dead-letters.repository.js';
import { DeadLettersService } from './dead-letters.service.js';
import type { RecordedEvent } from './domain-event.js';
import { Subscribe } from './subscribe.js';
import { startEventKernel } from './testing/event-kernel.js';
import {
  addEffect,
  EFFECTS_TABLE,
  listEffects,
  publishNotes,
  NoteCreated,
  readLog,
  WORKSPACE,
} from './testing/test-events.js';
import { Recorder, RECORDER } from './testing/recorder.js';

const FAILING_SUBSCRIBER = 'testing.failing';

@Injectable()
class FailingSubscriber {
  readonly attempts: string[] = [];
  /** The workspaces and causing events of the calls. */
  readonly contexts = new Set<string | null | undefined>();
  /** Number of remaining failures by text. */
  readonly failures = new Map<string, number>();
  gate: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  @Subscribe([NoteCreated], { id: FAILING_SUBSCRIBER, from: 'start' })
  async record(event: RecordedEvent<{ text: string }>): Promise<void> {
    const { text } = event.data;
    this.attempts.push(text);
    this.contexts.add(currentContext()?.scope).add(currentContext()?.cause?.eventId);
    await this.gate;
    await addEffect(this.database, FAILING_SUBSCRIBER, event);
    const failuresLeft = this.failures.get(text) ?? 0;
    if (failuresLeft === 0) return;
    this.failures.set(text, failuresLeft - 1);
    if (text.startsWith('sql')) await this.database.rows(statement('testing.fails', 'select 1 / 0'));
    throw new Error(`stumbled over ${text}`);
  }
}

describe('failing subscriber', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let failing: FailingSubscriber;

  /** Starts the process with a subscriber that fails the given number of times for each of these texts. */
  async function start(failures: Record<string, number> = {}): Promise<void> {
    const create = (on: Database): FailingSubscriber =>
      Object.assign(new FailingSubscriber(on), { failures: new Map(Object.entries(failures)) });
    app = await startEventKernel({
      url: database.url,
      providers: [Recorder, { provide: FailingSubscriber, useFactory: create, inject: [Database] }],
    });
    failing = app.get(FailingSubscriber);
  }

  async function deadLetters(includeRedriven = false): Promise<DeadLetter[]> {
    return (await app.get(DeadLettersService).list(WORKSPACE, includeRedriven, 50, 0)).deadLetters;
  }

  async function parked(): Promise<DeadLetter> {
    const [deadLetter] = await eventually(async () => {
      const found = await deadLetters();
      return found.length > 0 && found;
    });
    return deadLetter!;
  }

  const failed = (...texts: string[]) =>
    eventually(async () => expect(await listEffects(app, FAILING_SUBSCRIBER)).toEqual(texts));
  const recorded = (...texts: string[]) =>
    eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(texts));

  beforeEach(async () => {
    database = await createTestDatabase();
    await start();
    await app.get(Database).execute(statement('testing.effects-table', EFFECTS_TABLE));
  });

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  it.each(['b', 'sql b'])('should be retried until it succeeds (%s)', async (text) => {
    failing.failures.set(text, 2);
    await publishNotes(app, 'a', text, 'c');
    await failed('a', text, 'c');
    expect(failing.attempts.filter((item) => item === text)).toHaveLength(3);
    expect(await deadLetters()).toEqual([]);
  });

  it('should move the event to the dead letters after the last attempt and continue with the next one', async () => {
    failing.failures.set('b', 100);
    await publishNotes(app, 'a', 'b', 'c');
    await failed('a', 'c');
    const deadLetter = await parked();
    expect(deadLetter).toMatchObject({
      kind: 'event',
      consumer: FAILING_SUBSCRIBER,
      workspaceId: WORKSPACE,
      attempts: 3,
      redrivenAt: null,
      payload: { type: 'note.created' },
    });
    expect(deadLetter.error).toMatch(/^Error: stumbled over b\n/);
    expect(await deadLetters()).toHaveLength(1);
  });

  it('should not block other subscribers', async () => {
    let open: () => void = () => undefined;
    failing.gate = new Promise((resolve) => (open = resolve));
    failing.failures.set('a', 100);
    await publishNotes(app, 'a', 'b');
    await recorded('a', 'b');
    expect(failing.attempts).toEqual(['a']);
    open();
    await failed('b');
    expect(app.get(Recorder).receivedTexts).toEqual(['a', 'b']);
  });

  it('should handle the event of a dead letter once when it is redriven', async () => {
    failing.failures.set('a', 3);
    await publishNotes(app, 'a', 'b');
    await failed('b');
    const { id } = await parked();
    await expect(app.get(DeadLettersService).redrive(WORKSPACE, id)).resolves.toMatchObject({
      id,
      redrivenAt: expect.any(String),
    });
    await failed('b', 'a');
    const [a, b] = await readLog(app);
    expect(failing.contexts).toEqual(new Set([WORKSPACE, a!.id, b!.id]));
    await expect(app.get(DeadLettersService).redrive(WORKSPACE, id)).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
    expect(await listEffects(app, FAILING_SUBSCRIBER)).toEqual(['b', 'a']);
    expect(await deadLetters()).toEqual([]);
    expect(await deadLetters(true)).toHaveLength(1);
  });

  it('should keep the dead letter when the handler fails again', async () => {
    failing.failures.set('a', 4);
    await publishNotes(app, 'a');
    const { id } = await parked();
    await expect(app.get(DeadLettersService).redrive(WORKSPACE, id)).rejects.toThrow(
      /The handler failed again: stumbled over a/,
    );
    expect(await deadLetters()).toMatchObject([{ id, redrivenAt: null }]);
    expect(await listEffects(app, FAILING_SUBSCRIBER)).toEqual([]);
    await app.get(DeadLettersService).redrive(WORKSPACE, id);
    await failed('a');
  });

  it('should not redrive a dead letter of another workspace', async () => {
    failing.failures.set('a', 100);
    await publishNotes(app, 'a');
    const { id } = await parked();
    await expect(app.get(DeadLettersService).redrive(newId(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await app.get(DeadLettersService).list(newId(), true, 50, 0)).deadLetters).toEqual([]);
  });

  it('should repeat preceding events of a batch at most once when a later one fails', async () => {
    await app.close();
    const writer = await startEventKernel({ url: database.url, relay: { runSubscribers: false } });
    const texts = Array.from({ length: 40 }, (_, index) => `n${index}`);
    await publishNotes(writer, ...texts);
    await writer.close();
    await start({ n30: 100 });
    await failed(...texts.filter((text) => text !== 'n30'));
    expect(failing.attempts.filter((text) => text === 'n0').length).toBeLessThanOrEqual(2);
    expect(failing.attempts.length).toBeLessThan(40 + 30 + 10);
  });
});
