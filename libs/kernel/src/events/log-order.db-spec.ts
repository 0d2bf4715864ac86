import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { EventsRepository } from './events.repository.js';
import { startEventKernel } from './testing/event-kernel.js';
import { EFFECTS_TABLE, listEffects, publishNotes, SUBJECT, readLog, WORKSPACE } from './testing/test-events.js';
import { Recorder, RECORDER } from './testing/recorder.js';

const APPEND = `
  insert into kernel.events (id, workspace_id, type, subject_type, subject_id, actor, data, correlation_id, occurred_at)
  values (gen_random_uuid(), '${WORKSPACE}', $1, 'note', '${SUBJECT}', '{"kind":"system","id":null}',
    jsonb_build_object('text', $2::text), 'raw', now())
  returning position`;
const SEVERAL_POLLS_MS = 200;

describe('event log order', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  const clients: pg.Client[] = [];

  /** Opens a session with a transaction in progress. */
  async function startTransaction(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: database.url });
    clients.push(client);
    await client.connect();
    await client.query('begin');
    return client;
  }

  async function append(client: pg.Client, text: string, type = 'note.created'): Promise<number> {
    const { rows } = await client.query<{ position: string }>(APPEND, [type, text]);
    return Number(rows[0]!.position);
  }

  async function assignTransactionId(client: pg.Client): Promise<bigint> {
    const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
    return BigInt(rows[0]!.id);
  }

  const delivered = (...texts: string[]) =>
    eventually(async () => expect(await listEffects(app, RECORDER)).toEqual(texts));

  async function restart(pollMs: number): Promise<void> {
    await app?.close();
    app = await startEventKernel({ url: database.url, providers: [Recorder], relay: { pollMs } });
  }

  beforeEach(async () => {
    database = await createTestDatabase();
    await restart(20);
    await app.get(Database).execute(statement('testing.effects-table', EFFECTS_TABLE));
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) await client.end();
    await app.close();
    await database.drop();
  });

  it('should deliver in order when the lower of two positions is committed last', async () => {
    const [late, early] = [await startTransaction(), await startTransaction()];
    const low = await append(late, 'low');
    expect(await append(early, 'high')).toBeGreaterThan(low);
    await early.query('commit');
    expect(await app.get(EventsRepository).horizonStatus()).toEqual({ horizon: low - 1, isBlocked: true });
    await sleep(SEVERAL_POLLS_MS);
    expect(app.get(Recorder).receivedTexts).toEqual([]);
    await late.query('commit');
    await delivered('low', 'high');
  });

  it('should deliver in order when the later transaction has the lower position', async () => {
    const [older, younger] = [await startTransaction(), await startTransaction()];
    expect(await assignTransactionId(older)).toBeLessThan(await assignTransactionId(younger));
    const low = await append(younger, 'low');
    expect(await append(older, 'high')).toBeGreaterThan(low);
    await older.query('commit');
    await sleep(SEVERAL_POLLS_MS);
    expect(app.get(Recorder).receivedTexts).toEqual([]);
    await younger.query('commit');
    await delivered('low', 'high');
  });

  it('should wait for an uncommitted position between two committed ones', async () => {
    const [first, second, third] = [await startTransaction(), await startTransaction(), await startTransaction()];
    await append(first, '1');
    await append(second, '2');
    await append(third, '3');
    await append(first, '4');
    await first.query('commit');
    await third.query('commit');
    await sleep(SEVERAL_POLLS_MS);
    expect(app.get(Recorder).receivedTexts).not.toContain('3');
    await second.query('commit');
    await delivered('1', '2', '3', '4');
  });

  it('should not wait for a transaction that has not appended events', async () => {
    const long = await startTransaction();
    await assignTransactionId(long);
    await publishNotes(app, 'a');
    await delivered('a');
    await append(long, 'b');
    await long.query('commit');
    await delivered('a', 'b');
  });

  it('should skip the gaps of rollbacks, including those to a savepoint', async () => {
    const [full, part] = [await startTransaction(), await startTransaction()];
    await append(full, 'never');
    await full.query('rollback');
    await part.query('savepoint before');
    await append(part, 'never either');
    await part.query('rollback to savepoint before');
    await publishNotes(app, 'between');
    await delivered('between');
    await append(part, 'last');
    await part.query('commit');
    await delivered('between', 'last');
    expect(await app.get(EventsRepository).horizonStatus()).toEqual({
      horizon: (await readLog(app)).at(-1)!.position,
      isBlocked: false,
    });
  });

  it('should deliver before the next poll when the blocking transaction ends', async () => {
    await restart(60_000);
    const foreign = await startTransaction();
    await append(foreign, 'x', 'whisper.created');
    await publishNotes(app, 'a');
    expect(await listEffects(app, RECORDER)).toEqual([]);
    await foreign.query('commit');
    await delivered('a');
  });

  it('should deliver every event once and in order when many transactions overlap', async () => {
    const writers = 8;
    const each = 12;
    const write = async (writer: number): Promise<void> => {
      const client = await startTransaction();
      for (let round = 0; round < each; round += 1) {
        if (round > 0) await client.query('begin');
        await append(client, `${writer}.${round}`);
        await sleep((writer * 7 + round * 5) % 13);
        if (round % 3 === 0) await append(client, `${writer}.${round}+`);
        await client.query(round % 5 === 4 ? 'rollback' : 'commit');
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const log = await readLog(app);
    expect(log.length).toBeGreaterThan(writers * each * 0.75);
    await delivered(...log.map((event) => event.data.text));
    expect(app.get(Recorder).receivedTexts).toHaveLength(log.length);
  });
});
