import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { currentActor, runAs, type Actor } from '../context/request-context.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { unprocessableError } from '../errors/domain-error.js';
import { startEventKernel } from '../events/testing/event-kernel.js';
import { WORKSPACE } from '../events/testing/test-events.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { distinctIds, type BulkRequest, type BulkRunView } from './bulk-run.js';
import { BulkRunner, type BulkBatchOptions, type UpdateItem } from './bulk-runner.service.js';
import { BulkRunsRepository, bulkStatements } from './bulk-runs.repository.js';

interface Paint {
  readonly colour: string;
}

const RUNS_TABLE = statement(
  'testing.runs-table',
  `create table public.paint_runs (id uuid, workspace_id uuid, status text default 'running',
     ids uuid[], change jsonb, actor jsonb, total int, succeeded int default 0, failed int default 0,
     results jsonb default '[]', created_at timestamptz(3), completed_at timestamptz(3))`,
);
const PAINTED_TABLE = statement(
  'testing.painted-table',
  'create table public.painted (n bigint generated always as identity, id uuid, colour text, actor text)',
);
const ADD = statement(
  'testing.add-run',
  `insert into public.paint_runs (id, workspace_id, ids, change, actor, total, created_at)
     values ($2, $1, $3, $4, $5, $6, $7)`,
);
const PAINT = statement('testing.paint', 'insert into public.painted (id, colour, actor) values ($1, $2, $3)');
const PAINTED = statement('testing.painted', 'select id, colour, actor from public.painted order by n');
const IDS = statement('testing.ids-of-run', 'select ids from public.paint_runs where id = $1');

const STATEMENTS = bulkStatements('public.paint_runs');
const ADA: Actor = { kind: 'user', id: newId() };
const STARTED_AT = '2026-01-15T12:00:00.000Z';

@Injectable()
class PaintRuns extends BulkRunsRepository<BulkRequest<Paint>> {
  constructor(database: Database) {
    super(database, STATEMENTS);
  }

  async add(
    workspaceId: string,
    id: string,
    actor: Actor,
    { ids, change, total, createdAt }: BulkRequest<Paint>,
  ): Promise<void> {
    await this.database.execute(ADD, [
      workspaceId,
      id,
      ids,
      JSON.stringify(change),
      JSON.stringify(actor),
      total,
      createdAt,
    ]);
  }
}

let database: TestDatabase;
let app: INestApplicationContext;
let ids: string[];
let rejectedIds: Set<string>;
let runs: PaintRuns;
let runner: BulkRunner;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await startEventKernel({
    url: database.url,
    providers: [BulkRunner, PaintRuns],
    relay: { runSubscribers: false },
  });
  [runs, runner] = [app.get(PaintRuns), app.get(BulkRunner)];
  for (const table of [RUNS_TABLE, PAINTED_TABLE]) await app.get(Database).execute(table);
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

beforeEach(() => {
  ids = distinctIds(Array.from({ length: 7 }, () => newId()));
  rejectedIds = new Set();
});

/** Updates the item before it rejects it, so that a rollback is visible. */
function painting({ colour }: Paint): UpdateItem {
  return async (id) => {
    await app.get(Database).execute(PAINT, [id, colour, currentActor().id]);
    if (rejectedIds.has(id)) throw unprocessableError('It is wet');
    return colour === 'none' ? 'unchanged' : 'updated';
  };
}

const RED: BulkBatchOptions<Paint> = { size: 3, maxFailures: 2, updaterFor: painting };

function bulkRequest(fields: Partial<BulkRequest<Paint>> = {}): BulkRequest<Paint> {
  return { ids, change: { colour: 'red' }, total: ids.length, createdAt: STARTED_AT, ...fields };
}

function queue(fields: Partial<BulkRequest<Paint>> = {}): Promise<BulkRunView> {
  return runAs(ADA, () => runner.enqueue(runs, WORKSPACE, bulkRequest(fields), () => Promise.resolve()));
}

function processBatch(id: string, steps = RED): Promise<boolean> {
  return runner.processBatch(runs, WORKSPACE, id, steps);
}

async function painted(): Promise<string[]> {
  const rows = await app.get(Database).rows<{ id: string; colour: string; actor: string | null }>(PAINTED);
  return rows.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
}

async function idsOf({ id }: BulkRunView): Promise<string[] | null> {
  return (await app.get(Database).row<{ ids: string[] | null }>(IDS, [id]))!.ids;
}

describe('BulkRunner.processBatch', () => {
  it('should process batches in the order of the IDs and keep the first failures', async () => {
    rejectedIds = new Set([ids[0]!, ids[2]!, ids[3]!, ids[6]!]);
    const started = await queue();
    expect(started).toEqual({
      id: started.id,
      status: 'running',
      total: 7,
      succeeded: 0,
      failed: 0,
      results: [],
      createdAt: STARTED_AT,
      completedAt: null,
    });
    expect(await processBatch(started.id)).toBe(true);
    expect(await runs.find(WORKSPACE, started.id)).toMatchObject({
      status: 'running',
      succeeded: 1,
      failed: 2,
      completedAt: null,
    });
    expect([await processBatch(started.id), await processBatch(started.id)]).toEqual([true, false]);
    const error = { code: 'UNPROCESSABLE', message: 'It is wet' };
    const results = [
      { id: ids[0], status: 'failed', error },
      { id: ids[2], status: 'failed', error },
    ];
    expect(await runs.find(WORKSPACE, started.id)).toMatchObject({
      status: 'completed',
      succeeded: 3,
      failed: 4,
      results,
      completedAt: expect.any(String),
    });
    expect(await painted()).toEqual([ids[1], ids[4], ids[5]]);
    expect(await idsOf(started)).toEqual([]);
    expect(await processBatch(started.id)).toBe(false);
  });

  it('should resume after an interrupted batch as the requesting actor', async () => {
    const { id } = await queue();
    await processBatch(id);
    const interrupted: BulkBatchOptions<Paint> = {
      ...RED,
      updaterFor: (change) => async (first) => {
        if (first === ids[4]) throw new Error('the process ended');
        return painting(change)(first);
      },
    };
    await expect(processBatch(id, interrupted)).rejects.toThrow('the process ended');
    expect(await painted()).toEqual(ids.slice(0, 3));
    while (await processBatch(id));
    expect(await painted()).toEqual(ids);
    const rows = await app.get(Database).rows<{ id: string; actor: string }>(PAINTED);
    expect(new Set(rows.filter((row) => ids.includes(row.id)).map(({ actor }) => actor))).toEqual(new Set([ADA.id]));
  });

  it('should update each item once when called concurrently', async () => {
    const { id } = await queue();
    await Promise.all([processBatch(id), processBatch(id), processBatch(id), processBatch(id)]);
    expect(await painted()).toEqual(ids);
    expect(await runs.find(WORKSPACE, id)).toMatchObject({ status: 'completed', succeeded: 7 });
  });

  it('should select the next IDs until a batch is not full when no IDs are given', async () => {
    const started = await queue({ ids: null });
    const next = async (named: readonly string[]): Promise<readonly string[]> => {
      expect(named).toEqual([]);
      const done = new Set(await painted());
      return ids.filter((id) => !done.has(id)).slice(0, 3);
    };
    while (await processBatch(started.id, { ...RED, nextIds: next }));
    expect(await painted()).toEqual(ids);
    expect(await runs.find(WORKSPACE, started.id)).toMatchObject({ status: 'completed', succeeded: 7 });
    expect(await idsOf(started)).toBeNull();
  });

  it('should not process a run of another workspace', async () => {
    const { id } = await queue();
    expect(await runs.find(newId(), id)).toBeNull();
    expect(await runner.processBatch(runs, newId(), id, RED)).toBe(false);
    expect(await painted()).toEqual([]);
  });

  it('should not store the run when the job cannot be enqueued', async () => {
    const requestedIds = { id: '' };
    const failing = runner.enqueue(runs, WORKSPACE, bulkRequest(), (id) =>
      Promise.reject(new Error(`no queue for ${(requestedIds.id = id)}`)),
    );
    await expect(failing).rejects.toThrow('no queue');
    expect(await runs.find(WORKSPACE, requestedIds.id)).toBeNull();
  });
});

describe('BulkRunner.runNow', () => {
  it.each([
    ['without a unit of work', <T>(work: () => Promise<T>) => work()],
    ['in a unit of work', <T>(work: () => Promise<T>) => app.get(UnitOfWork).run(work)],
  ])('should return every result and roll back the rejected items %s', async (_name, within) => {
    rejectedIds = new Set([ids[1]!]);
    const done = await within(() => runner.runNow(runs, WORKSPACE, bulkRequest(), ids, painting({ colour: 'red' })));
    expect(done).toMatchObject({ status: 'completed', total: 7, succeeded: 6, failed: 1, createdAt: STARTED_AT });
    expect(done.results.map(({ id, status }) => [id, status])).toEqual(
      ids.map((id) => [id, rejectedIds.has(id) ? 'failed' : 'updated']),
    );
    expect(await painted()).toEqual(ids.filter((id) => !rejectedIds.has(id)));
    expect(await runs.find(WORKSPACE, done.id)).toEqual(done);
  });

  it('should count unchanged items as succeeded', async () => {
    const done = await runner.runNow(runs, WORKSPACE, bulkRequest(), ids.slice(0, 1), painting({ colour: 'none' }));
    expect(done).toMatchObject({ succeeded: 1, failed: 0, results: [{ status: 'unchanged', error: null }] });
  });
});

it('should delete runs created before the given time', async () => {
  const [old, recent] = [await queue({ createdAt: '2025-12-01T00:00:00.000Z' }), await queue()];
  await runs.deleteBefore(new Date('2026-01-01T00:00:00.000Z'));
  expect([await runs.find(WORKSPACE, old.id), (await runs.find(WORKSPACE, recent.id))?.id]).toEqual([null, recent.id]);
});
