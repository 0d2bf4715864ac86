import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { transactions } from '../database/transaction.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { DeadLettersService } from './dead-letters.service.js';
import type { RecordedEvent } from './domain-event.js';
import { Subscribe } from './subscribe.js';
import { SubscriptionsRepository } from './subscriptions.repository.js';
import { startEventKernel } from './testing/event-kernel.js';
import {
  addEffect,
  EFFECTS_TABLE,
  listEffects,
  NoteCreated,
  publish,
  SUBJECT,
  WORKSPACE,
} from './testing/test-events.js';

const BATCH_SUBSCRIBER = 'testing.batches';
const OTHER_WORKSPACE = '0190b6a1-7c00-7000-8000-000000000003';

@Injectable()
class BatchSubscriber {
  readonly calls: string[][] = [];
  readonly workspaces = new Set<number>();
  /** True if a transaction was open when a call ended. */
  readonly opened: boolean[] = [];

  constructor(private readonly database: Database) {}

  @Subscribe([NoteCreated], { id: BATCH_SUBSCRIBER, from: 'start', partition: 'workspace', batch: true })
  async record(events: readonly RecordedEvent<{ text: string }>[]): Promise<void> {
    this.calls.push(events.map(({ data }) => data.text));
    this.workspaces.add(new Set(events.map(({ workspaceId }) => workspaceId)).size);
    for (const event of events) {
      if (event.data.text === 'poison') throw new Error('poison');
      if (!event.data.text.startsWith('skip')) await addEffect(this.database, BATCH_SUBSCRIBER, event);
    }
    this.opened.push(transactions.getStore()!.isOpen);
  }
}

describe('a subscriber with batches', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  const publishTexts = (...texts: string[]) =>
    publish(app, ...texts.map((text) => new NoteCreated(SUBJECT, { text }, WORKSPACE)));
  const subscriber = () => app.get(BatchSubscriber);

  beforeEach(async () => {
    database = await createTestDatabase();
    app = await startEventKernel({ url: database.url, providers: [BatchSubscriber], relay: { pollMs: 20 } });
    await app.get(Database).execute(statement('testing.effects-table', EFFECTS_TABLE));
  });

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  it('should get the events of a workspace that were committed together in one call', async () => {
    await publish(
      app,
      ...['a', 'b'].map((text) => new NoteCreated(SUBJECT, { text }, WORKSPACE)),
      new NoteCreated(SUBJECT, { text: 'c' }, OTHER_WORKSPACE),
    );
    await eventually(async () => expect((await listEffects(app, BATCH_SUBSCRIBER)).sort()).toEqual(['a', 'b', 'c']));
    expect(subscriber().calls).toContainEqual(['a', 'b']);
    expect([...subscriber().workspaces]).toEqual([1]);
  });

  it('should lose no event but the failing one when a call fails', async () => {
    await publishTexts('a', 'b', 'poison', 'c', 'd');
    await eventually(async () => expect(await listEffects(app, BATCH_SUBSCRIBER)).toEqual(['a', 'b', 'c', 'd']));
    const { deadLetters } = await app.get(DeadLettersService).list(WORKSPACE, false, 10, 0);
    expect(deadLetters).toMatchObject([{ consumer: BATCH_SUBSCRIBER, attempts: 3 }]);
  });

  it('should open no transaction and still advance when events have no effects', async () => {
    await publishTexts('skip 1', 'skip 2');
    await eventually(async () =>
      expect(Math.min(...(await app.get(SubscriptionsRepository).getPositions(BATCH_SUBSCRIBER)))).toBe(2),
    );
    expect(subscriber().calls).toEqual([['skip 1', 'skip 2']]);
    expect(subscriber().opened).toEqual([false]);
  });
});
