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
import { addEffect, EFFECTS_TABLE, effectsOf, note, Noted, wholeLog, WORKSPACE } from './testing/notes.js';
import { Recorder, RECORDER } from './testing/recorder.js';

const STUMBLER = 'testing.stumbler';

@Injectable()
class Stumbler {
  readonly asked: string[] = [];
  /** The workspaces and causes that it was asked in. */
  readonly contexts = new Set<string | null | undefined>();
  /** How many more times a text makes it fail. */
  readonly failures = new Map<string, number>();
  gate: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  @Subscribe([Noted], { id: STUMBLER, from: 'start' })
  async record(event: RecordedEvent<{ text: string }>): Promise<void> {
    const { text } = event.data;
    this.asked.push(text);
    this.contexts.add(currentContext()?.scope).add(currentContext()?.cause?.eventId);
    await this.gate;
    await addEffect(this.database, STUMBLER, event);
    const left = this.failures.get(text) ?? 0;
    if (left === 0) return;
    this.failures.set(text, left - 1);
    if (text.startsWith('sql')) await this.database.rows(statement('testing.fails', 'select 1 / 0'));
    throw new Error(`stumbled over ${text}`);
  }
}

describe('a subscriber that fails', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let stumbler: Stumbler;

  /** Starts with the subscriber failing from its first delivery on, so many times over each of these texts. */
  async function start(failures: Record<string, number> = {}): Promise<void> {
    const make = (on: Database): Stumbler =>
      Object.assign(new Stumbler(on), { failures: new Map(Object.entries(failures)) });
    app = await startEventKernel({
      url: database.url,
      providers: [Recorder, { provide: Stumbler, useFactory: make, inject: [Database] }],
    });
    stumbler = app.get(Stumbler);
  }

  async function letters(includeRedriven = false): Promise<DeadLetter[]> {
    return (await app.get(DeadLettersService).list(WORKSPACE, includeRedriven, 50, 0)).letters;
  }

  async function parked(): Promise<DeadLetter> {
    const [letter] = await eventually(async () => {
      const found = await letters();
      return found.length > 0 && found;
    });
    return letter!;
  }

  const stumbled = (...texts: string[]) =>
    eventually(async () => expect(await effectsOf(app, STUMBLER)).toEqual(texts));
  const recorded = (...texts: string[]) =>
    eventually(async () => expect(await effectsOf(app, RECORDER)).toEqual(texts));

  beforeEach(async () => {
    database = await createTestDatabase();
    await start();
    await app.get(Database).execute(statement('testing.effects-table', EFFECTS_TABLE));
  });

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  it.each(['b', 'sql b'])('should be tried again until it works (%s)', async (text) => {
    stumbler.failures.set(text, 2);
    await note(app, 'a', text, 'c');
    await stumbled('a', text, 'c');
    expect(stumbler.asked.filter((one) => one === text)).toHaveLength(3);
    expect(await letters()).toEqual([]);
  });

  it('should be parked with its error after its tries, and go on with the next event', async () => {
    stumbler.failures.set('b', 100);
    await note(app, 'a', 'b', 'c');
    await stumbled('a', 'c');
    const letter = await parked();
    expect(letter).toMatchObject({
      kind: 'event',
      consumer: STUMBLER,
      workspaceId: WORKSPACE,
      attempts: 3,
      redrivenAt: null,
      payload: { type: 'note.created' },
    });
    expect(letter.error).toMatch(/^Error: stumbled over b\n/);
    expect(await letters()).toHaveLength(1);
  });

  it('should stop no other subscriber', async () => {
    let open: () => void = () => undefined;
    stumbler.gate = new Promise((resolve) => (open = resolve));
    stumbler.failures.set('a', 100);
    await note(app, 'a', 'b');
    await recorded('a', 'b');
    expect(stumbler.asked).toEqual(['a']);
    open();
    await stumbled('b');
    expect(app.get(Recorder).asked).toEqual(['a', 'b']);
  });

  it('should be delivered a parked event by a redrive, once', async () => {
    stumbler.failures.set('a', 3);
    await note(app, 'a', 'b');
    await stumbled('b');
    const { id } = await parked();
    await expect(app.get(DeadLettersService).redrive(WORKSPACE, id)).resolves.toMatchObject({
      id,
      redrivenAt: expect.any(String),
    });
    await stumbled('b', 'a');
    const [a, b] = await wholeLog(app);
    expect(stumbler.contexts).toEqual(new Set([WORKSPACE, a!.id, b!.id]));
    await expect(app.get(DeadLettersService).redrive(WORKSPACE, id)).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
    expect(await effectsOf(app, STUMBLER)).toEqual(['b', 'a']);
    expect(await letters()).toEqual([]);
    expect(await letters(true)).toHaveLength(1);
  });

  it('should keep the letter when it fails again', async () => {
    stumbler.failures.set('a', 4);
    await note(app, 'a');
    const { id } = await parked();
    await expect(app.get(DeadLettersService).redrive(WORKSPACE, id)).rejects.toThrow(
      /It failed again: stumbled over a/,
    );
    expect(await letters()).toMatchObject([{ id, redrivenAt: null }]);
    expect(await effectsOf(app, STUMBLER)).toEqual([]);
    await app.get(DeadLettersService).redrive(WORKSPACE, id);
    await stumbled('a');
  });

  it('should not have a letter of another workspace redriven', async () => {
    stumbler.failures.set('a', 100);
    await note(app, 'a');
    const { id } = await parked();
    await expect(app.get(DeadLettersService).redrive(newId(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await app.get(DeadLettersService).list(newId(), true, 50, 0)).letters).toEqual([]);
  });

  it('should cost those before it in a long row one more try, not one each', async () => {
    await app.close();
    const writer = await startEventKernel({ url: database.url, relay: { holdSubscribers: false } });
    const texts = Array.from({ length: 40 }, (_, index) => `n${index}`);
    await note(writer, ...texts);
    await writer.close();
    await start({ n30: 100 });
    await stumbled(...texts.filter((text) => text !== 'n30'));
    expect(stumbler.asked.filter((text) => text === 'n0').length).toBeLessThanOrEqual(2);
    expect(stumbler.asked.length).toBeLessThan(40 + 30 + 10);
  });
});
