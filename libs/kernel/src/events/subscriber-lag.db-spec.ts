import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { EventsRepository } from './events.repository.js';
import { SubscriptionsRepository } from './subscriptions.repository.js';
import { startEventKernel } from './testing/event-kernel.js';
import { EFFECTS_TABLE, listEffects, publishNotes, publish, WhisperCreated, WORKSPACE } from './testing/test-events.js';
import { Recorder, RECORDER } from './testing/recorder.js';

const POLL_MS = 10;

describe('subscriber position', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  const position = async () => Math.min(...(await app.get(SubscriptionsRepository).getPositions(RECORDER)));
  const publishUnhandled = () => publish(app, new WhisperCreated(newId(), { text: 'x' }, WORKSPACE));

  beforeEach(async () => {
    database = await createTestDatabase();
    app = await startEventKernel({ url: database.url, providers: [Recorder], relay: { pollMs: POLL_MS } });
    await app.get(Database).execute(statement('testing.effects-table', EFFECTS_TABLE));
  });

  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  it('should follow the log within ten polls when no event concerns the subscriber', async () => {
    for (let count = 0; count < 5; count += 1) await publishUnhandled();
    const end = await app.get(EventsRepository).horizon();
    expect(end).toBeGreaterThanOrEqual(5);
    await eventually(async () => expect(await position()).toBe(end));
    await publishNotes(app, 'a');
    await eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(['a']));
  });

  it('should not be saved again when the log has no new events', async () => {
    await publishUnhandled();
    const end = await app.get(EventsRepository).horizon();
    await eventually(async () => expect(await position()).toBe(end));
    const before = await app.get(SubscriptionsRepository).listAll();
    await sleep(30 * POLL_MS);
    expect(await app.get(SubscriptionsRepository).listAll()).toEqual(before);
  });
});
