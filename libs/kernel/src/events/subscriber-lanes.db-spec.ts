import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import type { RecordedEvent } from './domain-event.js';
import { laneOfEvent } from './event-lanes.js';
import { MAX_QUEUED_EVENTS } from './subscriber-lane.js';
import { Subscribe } from './subscribe.js';
import { SubscriptionsRepository } from './subscriptions.repository.js';
import { startEventKernel } from './testing/event-kernel.js';
import { addEffect, EFFECTS_TABLE, listEffects, NoteCreated, publish, WORKSPACE } from './testing/test-events.js';

const SLOW = 'testing.slow';
const ORDERED = 'testing.ordered';

const [FIRST_SUBJECT, SECOND_SUBJECT] = subjectsOfDifferentLanes();

/** Two subjects in different lanes, so that their events do not wait for each other. */
function subjectsOfDifferentLanes(): [string, string] {
  const lane = (subjectId: string): number =>
    laneOfEvent({ type: NoteCreated.type, workspaceId: WORKSPACE, subjectId, data: {} }, 'subject');
  const first = newId();
  let second = newId();
  while (lane(second) === lane(first)) second = newId();
  return [first, second];
}

@Injectable()
class SlowSubscriber {
  gate: Promise<void> = Promise.resolve();
  readonly transactions = new Set<string>();

  constructor(private readonly database: Database) {}

  @Subscribe([NoteCreated], { id: SLOW, from: 'start' })
  async record(event: RecordedEvent<{ text: string }>): Promise<void> {
    if (event.subjectId === FIRST_SUBJECT) await this.gate;
    if (event.data.text.startsWith('poison')) throw new Error('poison');
    await addEffect(this.database, SLOW, event);
    const id = await this.database.row<{ id: string }>(
      statement('testing.xact', 'select pg_current_xact_id()::text as id'),
    );
    this.transactions.add(id!.id);
  }
}

@Injectable()
class OrderedSubscriber {
  constructor(private readonly database: Database) {}

  @Subscribe([NoteCreated], { id: ORDERED, from: 'start', partition: 'workspace' })
  record(event: RecordedEvent<{ text: string }>): Promise<void> {
    return addEffect(this.database, ORDERED, event);
  }
}

describe('subscriber lanes', () => {
  let database: TestDatabase;
  let writer: INestApplicationContext;
  let app: INestApplicationContext | null = null;

  const write = (subject: string, ...texts: string[]): Promise<string[]> =>
    publish(writer, ...texts.map((text) => new NoteCreated(subject, { text }, WORKSPACE)));

  async function start(retryPausesMs: readonly number[] = [5, 5]): Promise<SlowSubscriber> {
    app = await startEventKernel({
      url: database.url,
      providers: [SlowSubscriber, OrderedSubscriber],
      relay: { pollMs: 50, retryPausesMs },
    });
    return app.get(SlowSubscriber);
  }

  const effects = async (prefix: string): Promise<string[]> =>
    (await listEffects(writer, SLOW)).filter((text) => text.startsWith(prefix));

  beforeEach(async () => {
    database = await createTestDatabase();
    writer = await startEventKernel({ url: database.url, relay: { runSubscribers: false } });
    await writer.get(Database).execute(statement('testing.effects-table', EFFECTS_TABLE));
  });

  afterEach(async () => {
    await app?.close();
    app = null;
    await writer.close();
    await database.drop();
  });

  it('should deliver events of a subject while an event of another subject is being retried', async () => {
    await start([60_000]);
    await write(FIRST_SUBJECT, 'poison', 'a1');
    await write(SECOND_SUBJECT, 'b1', 'b2');
    await eventually(async () => expect(await effects('b')).toEqual(['b1', 'b2']));
    expect(await effects('a')).toEqual([]);
  });

  it('should deliver all events once and in order when they exceed the queue of a lane', async () => {
    const slow = await start();
    let open: () => void = () => undefined;
    slow.gate = new Promise((resolve) => (open = resolve));
    const texts = Array.from({ length: MAX_QUEUED_EVENTS * 2 + 50 }, (_, index) => `a${index}`);
    for (let index = 0; index < texts.length; index += 150)
      await write(FIRST_SUBJECT, ...texts.slice(index, index + 150));
    await write(SECOND_SUBJECT, 'b1');
    await eventually(async () => expect(await effects('b')).toEqual(['b1']));
    open();
    await write(FIRST_SUBJECT, 'a-last');
    await eventually(async () => expect(await effects('a')).toEqual([...texts, 'a-last']), { timeoutMs: 20_000 });
  });

  it('should catch up in order when the subscriber is far behind', async () => {
    const texts = Array.from({ length: 1_500 }, (_, index) => `a${index}`);
    for (let index = 0; index < texts.length; index += 500)
      await write(FIRST_SUBJECT, ...texts.slice(index, index + 500));
    await start();
    await eventually(async () => expect(await effects('a')).toEqual(texts), { timeoutMs: 20_000 });
  });

  it('should handle several events in one transaction', async () => {
    await write(FIRST_SUBJECT, ...Array.from({ length: 40 }, (_, index) => `a${index}`));
    const slow = await start();
    await eventually(async () => expect(await effects('a')).toHaveLength(40));
    expect(slow.transactions.size).toBeLessThan(20);
  });

  it('should keep the order across subjects when partitioned by workspace', async () => {
    await start();
    const texts = Array.from({ length: 60 }, (_, index) => `${index}`);
    for (const [index, text] of texts.entries()) await write(index % 2 === 0 ? FIRST_SUBJECT : SECOND_SUBJECT, text);
    await eventually(async () => expect(await listEffects(writer, ORDERED)).toEqual(texts));
  });

  it('should start all lanes at the only position of a subscriber from before lanes', async () => {
    const subscriptions = writer.get(SubscriptionsRepository);
    await write(FIRST_SUBJECT, 'handled before');
    await write(SECOND_SUBJECT, 'handled before');
    const run = writer.get(Database);
    await run.execute(
      statement('testing.old-subscriber', 'insert into kernel.subscriptions (id, lane, position) values ($1, 0, 2)'),
      [SLOW],
    );
    await subscriptions.register(SLOW, 0);
    expect(new Set(await subscriptions.getPositions(SLOW))).toEqual(new Set([2]));
    await start();
    await write(FIRST_SUBJECT, 'a');
    await write(SECOND_SUBJECT, 'b');
    await eventually(async () => expect((await listEffects(writer, SLOW)).sort()).toEqual(['a', 'b']));
  });
});
