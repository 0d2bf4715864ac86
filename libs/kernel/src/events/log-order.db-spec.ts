import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { createTestDatabase, eventually, type TestDatabase } from '../testing/index.js';
import { EventsRepository } from './events.repository.js';
import { startEventKernel } from './testing/event-kernel.js';
import { EFFECTS_TABLE, effectsOf, note, SUBJECT, wholeLog, WORKSPACE } from './testing/notes.js';
import { Recorder, RECORDER } from './testing/recorder.js';

const APPEND = `
  insert into kernel.events (id, workspace_id, type, subject_type, subject_id, actor, data, correlation_id, occurred_at)
  values (gen_random_uuid(), '${WORKSPACE}', $1, 'note', '${SUBJECT}', '{"kind":"system","id":null}', jsonb_build_object('text', $2::text), 'raw', now())
  returning position`;
const A_FEW_POLLS_MS = 200;

describe('the order of the log', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  const clients: pg.Client[] = [];

  /** A session with a transaction open. */
  async function begin(): Promise<pg.Client> {
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

  async function takeTransactionId(client: pg.Client): Promise<bigint> {
    const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
    return BigInt(rows[0]!.id);
  }

  const delivered = (...texts: string[]) =>
    eventually(async () => expect(await effectsOf(app, RECORDER)).toEqual(texts));

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

  it('should not skip the lower of two positions when it is committed last', async () => {
    const [late, early] = [await begin(), await begin()];
    const low = await append(late, 'low');
    expect(await append(early, 'high')).toBeGreaterThan(low);
    await early.query('commit');
    expect(await app.get(EventsRepository).reach()).toEqual({ horizon: low - 1, heldBack: true });
    await sleep(A_FEW_POLLS_MS);
    expect(app.get(Recorder).asked).toEqual([]);
    await late.query('commit');
    await delivered('low', 'high');
  });

  it('should not skip it when the later transaction id holds the lower position', async () => {
    const [older, younger] = [await begin(), await begin()];
    expect(await takeTransactionId(older)).toBeLessThan(await takeTransactionId(younger));
    const low = await append(younger, 'low');
    expect(await append(older, 'high')).toBeGreaterThan(low);
    await older.query('commit');
    await sleep(A_FEW_POLLS_MS);
    expect(app.get(Recorder).asked).toEqual([]);
    await younger.query('commit');
    await delivered('low', 'high');
  });

  it('should not skip a position between two that are committed', async () => {
    const [first, second, third] = [await begin(), await begin(), await begin()];
    await append(first, '1');
    await append(second, '2');
    await append(third, '3');
    await append(first, '4');
    await first.query('commit');
    await third.query('commit');
    await sleep(A_FEW_POLLS_MS);
    expect(app.get(Recorder).asked).not.toContain('3');
    await second.query('commit');
    await delivered('1', '2', '3', '4');
  });

  it('should not wait for a transaction that has appended nothing', async () => {
    const long = await begin();
    await takeTransactionId(long);
    await note(app, 'a');
    await delivered('a');
    await append(long, 'b');
    await long.query('commit');
    await delivered('a', 'b');
  });

  it('should pass over the gap of a rollback, also of one to a savepoint', async () => {
    const [whole, part] = [await begin(), await begin()];
    await append(whole, 'never');
    await whole.query('rollback');
    await part.query('savepoint before');
    await append(part, 'never either');
    await part.query('rollback to savepoint before');
    await note(app, 'between');
    await delivered('between');
    await append(part, 'last');
    await part.query('commit');
    await delivered('between', 'last');
    expect(await app.get(EventsRepository).reach()).toEqual({
      horizon: (await wholeLog(app)).at(-1)!.position,
      heldBack: false,
    });
  });

  it('should deliver soon after the transaction that held the log back has ended, whatever the poll', async () => {
    await restart(60_000);
    const foreign = await begin();
    await append(foreign, 'x', 'whisper.created');
    await note(app, 'a');
    expect(await effectsOf(app, RECORDER)).toEqual([]);
    await foreign.query('commit');
    await delivered('a');
  });

  it('should hand every event on once and in order while many transactions overlap', async () => {
    const writers = 8;
    const each = 12;
    const write = async (writer: number): Promise<void> => {
      const client = await begin();
      for (let turn = 0; turn < each; turn += 1) {
        if (turn > 0) await client.query('begin');
        await append(client, `${writer}.${turn}`);
        await sleep((writer * 7 + turn * 5) % 13);
        if (turn % 3 === 0) await append(client, `${writer}.${turn}+`);
        await client.query(turn % 5 === 4 ? 'rollback' : 'commit');
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const log = await wholeLog(app);
    expect(log.length).toBeGreaterThan(writers * each * 0.75);
    await delivered(...log.map((event) => event.data.text));
    expect(app.get(Recorder).asked).toHaveLength(log.length);
  });
});
