import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { LiveSignalsService, type LiveSignal } from './live-signals.service.js';
import { startEventKernel } from './testing/event-kernel.js';

const WORKSPACE = '0190b6a1-7c00-7000-8000-000000000001';
const SUBJECT = '0190b6a1-7c00-7000-8000-000000000002';

let database: TestDatabase;
let apps: INestApplicationContext[];
let receivedSignals: LiveSignal[][];

beforeAll(async () => {
  database = await createTestDatabase();
  apps = [];
  for (let count = 0; count < 2; count += 1)
    apps.push(await startEventKernel({ url: database.url, providers: [LiveSignalsService] }));
  receivedSignals = apps.map((app) => {
    const signals: LiveSignal[] = [];
    app.get(LiveSignalsService).onSignal((signal) => signals.push(signal));
    return signals;
  });
});

afterAll(async () => {
  for (const app of apps) await app.close();
  await database.drop();
});

beforeEach(() => {
  for (const signals of receivedSignals) signals.length = 0;
});

function send(app: INestApplicationContext, text: string): Promise<void> {
  return app.get(LiveSignalsService).send(WORKSPACE, 'conversation.typing', SUBJECT, { text });
}

it('should send a signal once to every process, including the sender', async () => {
  await send(apps[0]!, 'a');
  await send(apps[1]!, 'b');
  await eventually(() => receivedSignals.every((signals) => signals.length === 2));
  for (const signals of receivedSignals)
    expect(signals).toMatchObject([
      {
        workspaceId: WORKSPACE,
        type: 'conversation.typing',
        subjectId: SUBJECT,
        actor: { kind: 'system' },
        data: { text: 'a' },
      },
      { data: { text: 'b' } },
    ]);
});

it('should reject a signal that is too large', async () => {
  await expect(send(apps[0]!, 'x'.repeat(8_000))).rejects.toThrow(RangeError);
  await send(apps[0]!, 'é'.repeat(3_700));
  await eventually(() => receivedSignals.every((signals) => signals.length === 1));
});

it('should send signals again after the connection was lost', async () => {
  const administrator = new pg.Client({ connectionString: database.url });
  await administrator.connect();
  const { rowCount } = await administrator.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'parley lease'`,
  );
  expect(rowCount).toBe(2);
  await administrator.end();
  await eventually(async () => {
    await send(apps[0]!, 'still there?');
    return receivedSignals.every((signals) => signals.length > 0);
  });
});
