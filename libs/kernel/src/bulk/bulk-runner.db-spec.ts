import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { currentActor, runAs, type Actor } from '../context/request-context.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError, notFoundError, unprocessableError } from '../errors/domain-error.js';
import { startEventKernel } from '../events/testing/event-kernel.js';
import { WORKSPACE } from '../events/testing/test-events.js';
import { newId } from '../ids/ids.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { distinctIds, type BulkRequest, type BulkRunView } from './bulk-run.js';
import { changedSinceMessage, toSkipped, type RestoreItem, type UpdateItem } from './bulk-items.js';
import { BulkRunner, type BulkBatchOptions } from './bulk-runner.service.js';
import { BulkRunsRepository } from './bulk-runs.repository.js';
import { bulkStatements } from './bulk-statements.js';

interface BulkTargets {
  readonly ids: readonly string[];
  readonly updateItem: UpdateItem;
}

interface Paint {
  readonly colour: string;
}

const RUNS_TABLE = statement(
  'testing.runs-table',
  `create table public.paint_runs (id uuid primary key, workspace_id uuid, status text default 'running',
     ids uuid[], change jsonb, actor jsonb, total int, succeeded int default 0, failed int default 0,
     skipped jsonb default '{}', results jsonb default '[]', undoable boolean default true,
     undoes_id uuid unique references public.paint_runs on delete cascade, undo_id uuid,
     created_at timestamptz(3), completed_at timestamptz(3))`,
);
const CHANGES_TABLE = statement(
  'testing.run-changes-table',
  `create table public.paint_run_changes (run_id uuid references public.paint_runs on delete cascade,
     workspace_id uuid, object_id uuid, changes jsonb, undone boolean default false)`,
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
const CONFLICT = Object.fromEntries(
  ['40001', '40P01'].map((code) => [
    code,
    statement(
      `testing.conflict-${code.toLowerCase()}`,
      `do $$ begin raise exception 'conflict' using errcode = '${code}'; end $$`,
    ),
  ]),
);
const IDS = statement('testing.ids-of-run', 'select ids from public.paint_runs where id = $1');

const STATEMENTS = bulkStatements('public.paint_runs', 'public.paint_run_changes');
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
let startedRuns: string[];
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
  for (const table of [RUNS_TABLE, CHANGES_TABLE, PAINTED_TABLE]) await app.get(Database).execute(table);
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

beforeEach(() => {
  ids = distinctIds(Array.from({ length: 7 }, () => newId()));
  rejectedIds = new Set();
  startedRuns = [];
});

/** Updates the item before it rejects it, so that a rollback is visible. */
function painting({ colour }: Paint): UpdateItem {
  return async (id) => {
    await app.get(Database).execute(PAINT, [id, colour, currentActor().id]);
    if (rejectedIds.has(id)) throw unprocessableError('It is wet');
    if (colour === 'none') return { status: 'unchanged' };
    return { status: 'updated', changes: { colour: ['white', colour] } };
  };
}

/** Skips or rejects some items and paints the others. */
const restore: RestoreItem = async (id, { colour }) => {
  await app.get(Database).execute(PAINT, [id, colour![0], currentActor().id]);
  if (id === ids[0]) return { status: 'skipped', reason: 'changed', message: changedSinceMessage(['colour']) };
  if (id === ids[1]) return toSkipped(notFoundError('Item'));
  if (id === ids[2]) return toSkipped(new DomainError('NOT_FOUND', 'Merged', { mergedInto: ids[3] }));
  if (rejectedIds.has(id)) throw unprocessableError('It is wet');
  return { status: 'updated', skippedFields: id === ids[3] ? ['size'] : [] };
};

const RED: BulkBatchOptions<Paint> = { size: 3, maxFailures: 2, updaterFor: painting, restore };

function bulkRequest(fields: Partial<BulkRequest<Paint>> = {}): BulkRequest<Paint> {
  return { ids, change: { colour: 'red' }, total: ids.length, createdAt: STARTED_AT, ...fields };
}

function queue(fields: Partial<BulkRequest<Paint>> = {}): Promise<BulkRunView> {
  return runAs(ADA, () =>
    runner.enqueue(runs, WORKSPACE, bulkRequest(fields), {
      enqueueJob: () => Promise.resolve(),
      onStarted: (id) => startedRuns.push(id),
    }),
  );
}

function paintNow(
  { ids: targetIds = ids, updateItem = painting({ colour: 'red' }) }: Partial<BulkTargets> = {},
  fields: Partial<BulkRequest<Paint>> = {},
): Promise<BulkRunView> {
  const onStarted = (id: string): void => void startedRuns.push(id);
  return runner.runNow(runs, WORKSPACE, bulkRequest(fields), { ids: targetIds, updateItem, onStarted });
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
      skipped: {},
      undoesId: null,
      undoId: null,
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
    const failing = runner.enqueue(runs, WORKSPACE, bulkRequest(), {
      enqueueJob: (id) => Promise.reject(new Error(`no queue for ${(requestedIds.id = id)}`)),
      onStarted: () => undefined,
    });
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
    const done = await within(() => paintNow());
    expect(done).toMatchObject({ status: 'completed', total: 7, succeeded: 6, failed: 1, createdAt: STARTED_AT });
    expect(done.results.map(({ id, status }) => [id, status])).toEqual(
      ids.map((id) => [id, rejectedIds.has(id) ? 'failed' : 'updated']),
    );
    expect(await painted()).toEqual(ids.filter((id) => !rejectedIds.has(id)));
    expect(await runs.find(WORKSPACE, done.id)).toEqual(done);
    expect(startedRuns).toEqual([done.id]);
  });

  it('should count unchanged items as succeeded', async () => {
    const done = await paintNow({ ids: ids.slice(0, 1), updateItem: painting({ colour: 'none' }) });
    expect(done).toMatchObject({ succeeded: 1, failed: 0, results: [{ status: 'unchanged', error: null }] });
  });
});

it('should delete runs created before the given time', async () => {
  const [old, recent] = [await queue({ createdAt: '2025-12-01T00:00:00.000Z' }), await queue()];
  await runs.deleteBefore(new Date('2026-01-01T00:00:00.000Z'));
  expect([await runs.find(WORKSPACE, old.id), (await runs.find(WORKSPACE, recent.id))?.id]).toEqual([null, recent.id]);
});

describe('BulkRunner.undo', () => {
  const GREY: Actor = { kind: 'user', id: newId() };
  let started: { readonly id: string; readonly total: number }[];
  let enqueued: string[];

  beforeEach(() => {
    started = [];
    enqueued = [];
  });

  const undo = (id: string): Promise<BulkRunView> =>
    runAs(GREY, () =>
      runner.undo(runs, WORKSPACE, id, {
        restore,
        enqueueJob: (undoId) => Promise.resolve(void enqueued.push(undoId)),
        onStarted: (run) => started.push(run),
      }),
    );

  it('should restore the changed items and count the skipped ones by reason', async () => {
    rejectedIds = new Set([ids[6]!]);
    const done = await paintNow();
    rejectedIds = new Set([ids[5]!]);
    const undone = await undo(done.id);
    expect(undone).toMatchObject({
      status: 'completed',
      total: 6,
      succeeded: 2,
      failed: 1,
      skipped: { changed: 1, deleted: 1, merged: 1 },
      undoesId: done.id,
      undoId: null,
    });
    expect(undone.results.map(({ status, error }) => [status, error?.code])).toEqual([
      ['skipped', 'CONFLICT'],
      ['skipped', 'NOT_FOUND'],
      ['skipped', 'NOT_FOUND'],
      ['updated', 'CONFLICT'],
      ['updated', undefined],
      ['failed', 'UNPROCESSABLE'],
    ]);
    expect(undone.results[3]!.error!.message).toBe('Changed since the bulk update: size');
    expect(await runs.find(WORKSPACE, done.id)).toMatchObject({ undoId: undone.id });
    expect(started).toEqual([{ id: undone.id, total: 6 }]);
  });

  it('should return the same run when called again or concurrently', async () => {
    const { id } = await paintNow();
    const undos = await Promise.all([undo(id), undo(id), undo(id)]);
    expect(new Set(undos.map((run) => run.id)).size).toBe(1);
    expect(await undo(id)).toEqual(undos[0]);
    expect(started).toHaveLength(1);
  });

  it('should resume at the last batch when it runs in a job', async () => {
    ids = distinctIds(Array.from({ length: 502 }, () => newId()));
    const { id } = await queue();
    while (await processBatch(id, { ...RED, size: 200 }));
    const undone = await undo(id);
    expect([undone.status, undone.total, enqueued]).toEqual(['running', 502, [undone.id]]);
    const failing = { ...RED, size: 200, restore: (item: string) => Promise.reject(new Error(`crash at ${item}`)) };
    expect(await processBatch(undone.id, { ...RED, size: 200 })).toBe(true);
    await expect(processBatch(undone.id, failing)).rejects.toThrow('crash');
    while (await processBatch(undone.id, { ...RED, size: 200 }));
    expect(await runs.find(WORKSPACE, undone.id)).toMatchObject({
      status: 'completed',
      succeeded: 499,
      failed: 0,
      skipped: { changed: 1, deleted: 1, merged: 1 },
      results: [{ id: ids[0] }, { id: ids[1] }],
    });
    const rows = await app.get(Database).rows<{ id: string; colour: string; actor: string }>(PAINTED);
    const restored = rows.filter((row) => ids.includes(row.id) && row.colour === 'white');
    expect(restored.map((row) => row.id)).toEqual(ids);
    expect(new Set(restored.map(({ actor }) => actor))).toEqual(new Set([GREY.id]));
  });

  it('should restore each item once when it is called again after its job was lost', async () => {
    ids = distinctIds(Array.from({ length: 501 }, () => newId()));
    const { id } = await queue();
    while (await processBatch(id, { ...RED, size: 200 }));
    const undone = await undo(id);
    expect(await processBatch(undone.id, { ...RED, size: 200 })).toBe(true);
    expect(await undo(id)).toMatchObject({ id: undone.id, status: 'running', succeeded: 197 });
    expect([enqueued, started.length]).toEqual([[undone.id, undone.id], 1]);
    // The new job can run at the same time as the previous one.
    const drain = async (): Promise<void> => {
      while (await processBatch(undone.id, { ...RED, size: 200 }));
    };
    await Promise.all([drain(), drain()]);
    const completed = await undo(id);
    expect(completed).toMatchObject({ id: undone.id, status: 'completed', succeeded: 498 });
    expect(enqueued).toHaveLength(2);
    const rows = await app.get(Database).rows<{ id: string; colour: string }>(PAINTED);
    const restored = rows.filter((row) => ids.includes(row.id) && row.colour === 'white').map((row) => row.id);
    expect(restored.sort()).toEqual(ids);
  });

  it('should be rejected when the run is not complete, is an undo, or belongs to another workspace', async () => {
    const running = await queue();
    await expect(undo(running.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { id } = await paintNow();
    await expect(undo((await undo(id)).id)).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
    await expect(
      runner.undo(runs, newId(), id, { restore, enqueueJob: () => Promise.resolve(), onStarted: () => undefined }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('should delete the recorded changes and the undo together with the run', async () => {
    const { id } = await paintNow({}, { createdAt: '2025-12-01T00:00:00.000Z' });
    const undone = await undo(id);
    await runs.deleteBefore(new Date('2026-01-01T00:00:00.000Z'));
    expect(await runs.find(WORKSPACE, undone.id)).toBeNull();
    expect(await runs.listToUndo(WORKSPACE, id, 10)).toEqual([]);
  });
});

describe('a conflict with another transaction', () => {
  const CONFLICTS = ['40001', '40P01'] as const;
  let attempts: number;

  beforeEach(() => {
    attempts = 0;
  });

  /** Fails on the second item, as often as given. */
  const conflicting =
    (code: string, times: number): UpdateItem =>
    async (id) => {
      if (id === ids[1] && (attempts += 1) <= times) await app.get(Database).execute(CONFLICT[code]!);
      return painting({ colour: 'red' })(id);
    };

  const runNow = (updateItem: UpdateItem): Promise<unknown> => paintNow({ updateItem });
  const preview = (updateItem: UpdateItem): Promise<unknown> => runner.preview(ids, updateItem);
  const runBatches = async (updateItem: UpdateItem): Promise<void> => {
    const { id } = await queue();
    while (await processBatch(id, { ...RED, updaterFor: () => updateItem }));
  };
  const undo = async (updateItem: UpdateItem): Promise<unknown> => {
    const { id } = await paintNow({ updateItem: () => Promise.resolve({ status: 'updated', changes: { a: [1, 2] } }) });
    const options = { restore: updateItem, enqueueJob: () => Promise.resolve(), onStarted: () => undefined };
    return runner.undo(runs, WORKSPACE, id, options);
  };
  const OPERATIONS = { runNow, preview, runBatches, undo };

  it.each(Object.keys(OPERATIONS).flatMap((name) => CONFLICTS.map((code) => [name, code] as const)))(
    'should be retried when it ends %s with %s',
    async (name, code) => {
      await OPERATIONS[name as keyof typeof OPERATIONS](conflicting(code, 2));
      expect(attempts).toBe(3);
      expect(await painted()).toEqual(name === 'preview' ? [] : ids);
    },
  );

  it('should be reported when it ends all attempts', async () => {
    await expect(runNow(conflicting('40P01', 100))).rejects.toMatchObject({ code: '40P01' });
    expect([attempts, await painted()]).toEqual([5, []]);
  });

  it('should end the unit of work that contains the bulk update', async () => {
    const outer = app.get(UnitOfWork).run(() => runNow(conflicting('40P01', 1)));
    await expect(outer).rejects.toMatchObject({ code: '40P01' });
    expect(attempts).toBe(1);
  });
});

it('should return the changes and roll them back when previewed', async () => {
  rejectedIds = new Set([ids[1]!]);
  const sample = await runner.preview(ids.slice(0, 2), painting({ colour: 'red' }));
  expect(sample).toEqual([
    { id: ids[0], changes: { colour: ['white', 'red'] }, error: null },
    { id: ids[1], changes: {}, error: { code: 'UNPROCESSABLE', message: 'It is wet' } },
  ]);
  expect(await painted()).toEqual([]);
});
