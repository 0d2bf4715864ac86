import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeContact } from '../factories/contact.js';
import { dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import { runSql } from '../support/database.js';
import type { Contact, Many, One } from '../support/wire.js';

interface BulkOperation {
  readonly id: string;
  readonly status: string;
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly results: readonly {
    readonly id: string;
    readonly status: string;
    readonly error: { readonly code: string } | null;
  }[];
}

let workspace: Workspace;

beforeEach(async () => {
  workspace = await register();
});

const bulk = (body: object) => workspace.client.post<One<BulkOperation>>('/v1/contacts/bulk', body);

async function contact(id: string): Promise<Contact> {
  return dataOf(await workspace.client.get<One<Contact>>(`/v1/contacts/${id}`));
}

it('should change each of the contacts and say what became of it', async () => {
  const [one, two] = [
    await makeContact(workspace.client, { tags: ['a'], custom_fields: { plan: 'free', seats: 1, trial: true } }),
    await makeContact(workspace.client, { tags: ['b'], custom_fields: { plan: 'pro' } }),
  ];
  const missing = randomUUID();
  const operation = dataOf(
    await bulk({
      ids: [one.id, two.id, missing],
      update: { custom_fields: { plan: 'pro', trial: null }, add_tags: ['b'] },
    }),
  );
  expect(operation).toMatchObject({ status: 'completed', total: 3, succeeded: 2, failed: 1 });
  expect(Object.fromEntries(operation.results.map(({ id, status, error }) => [id, error?.code ?? status]))).toEqual({
    [one.id]: 'updated',
    [two.id]: 'unchanged',
    [missing]: 'NOT_FOUND',
  });
  expect(await contact(one.id)).toMatchObject({ tags: ['a', 'b'], custom_fields: { plan: 'pro', seats: 1 } });
  expect(
    (await eventsOf(workspace.client))
      .filter(({ type }) => type === 'contact.updated')
      .map(({ subject_id }) => subject_id),
  ).toEqual([one.id]);
  expect(dataOf(await workspace.client.get<One<BulkOperation>>(`/v1/contacts/bulk/${operation.id}`))).toEqual(
    operation,
  );
});

it('should change who passes the filter, of the ids where both are given', async () => {
  const [vip, other, third] = [
    await makeContact(workspace.client, { tags: ['vip'] }),
    await makeContact(workspace.client),
    await makeContact(workspace.client, { tags: ['vip'] }),
  ];
  const filter = { field: 'tags', operator: 'contains', value: 'vip' };
  expect(dataOf(await bulk({ filter, ids: [vip.id, other.id], update: { status: 'inactive' } }))).toMatchObject({
    total: 1,
    succeeded: 1,
  });
  expect(dataOf(await bulk({ filter, update: { remove_tags: ['vip'] } }))).toMatchObject({ total: 2, succeeded: 2 });
  expect((await contact(third.id)).tags).toEqual([]);
  expect(dataOf(await bulk({ filter, update: { status: 'active' } }))).toMatchObject({ total: 0, results: [] });
});

it('should refuse neither ids nor filter, a wrong filter, and ids of nobody', async () => {
  expect(refusalOf(await bulk({ update: { tags: [] } })).status).toBe(400);
  expect(
    refusalOf(await bulk({ filter: { field: 'zz', operator: 'equals', value: 1 }, update: { tags: [] } })).details,
  ).toHaveProperty(['filter.field']);
  expect(refusalOf(await bulk({ ids: [randomUUID()], update: { tags: [] } })).status).toBe(422);
});

it('should not change contacts of another workspace', async () => {
  const other = await register();
  const [ours, theirs] = [await makeContact(workspace.client), await makeContact(other.client)];
  expect(dataOf(await bulk({ ids: [ours.id, theirs.id], update: { tags: ['x'] } }))).toMatchObject({
    succeeded: 1,
    failed: 1,
  });
  expect(dataOf(await other.client.get<One<Contact>>(`/v1/contacts/${theirs.id}`)).tags).toEqual([]);
});

async function manyPeople(count: number): Promise<string[]> {
  const made = await runSql(
    `insert into identity.contacts (id, workspace_id, name) select gen_random_uuid(), $1, 'Person ' || i from generate_series(1, ${count}) i returning id`,
    [workspace.id],
  );
  return made.map(({ id }) => id as string);
}

function completed(id: string): Promise<BulkOperation> {
  return eventually(
    async () => {
      const operation = dataOf(await workspace.client.get<One<BulkOperation>>(`/v1/contacts/bulk/${id}`));
      return operation.status === 'completed' ? operation : null;
    },
    { timeoutMs: 20_000 },
  );
}

it('should leave more than 500 to a job', async () => {
  await manyPeople(620);
  const begun = await bulk({
    filter: { field: 'name', operator: 'starts_with', value: 'Person' },
    update: { add_tags: ['mailed'], status: 'inactive' },
  });
  expect([begun.status, begun.body.data.status, begun.body.data.total]).toEqual([202, 'running', 620]);
  expect(await completed(begun.body.data.id)).toMatchObject({ succeeded: 620, failed: 0, results: [] });
  expect((await workspace.client.get<Many<Contact>>('/v1/contacts', { tag: 'mailed', limit: 1 })).body.total).toBe(620);
  const told = (await eventsOf(workspace.client)).find(({ type }) => type === 'contact.updated');
  expect(told!.actor).toEqual({ kind: 'user', id: workspace.userId });
});

it('should leave more than 500 of the ids to a job, and answer for each', async () => {
  const [known, unknown] = [await manyPeople(510), Array.from({ length: 5 }, () => randomUUID())];
  const begun = dataOf(await bulk({ ids: [...known, ...unknown], update: { add_tags: ['mailed'] } }));
  expect(begun).toMatchObject({ status: 'running', total: 515 });
  const done = await completed(begun.id);
  expect(done).toMatchObject({ succeeded: 510, failed: 5 });
  expect(done.results.map(({ id, status, error }) => [id, status, error?.code]).sort()).toEqual(
    unknown.map((id) => [id, 'failed', 'NOT_FOUND']).sort(),
  );
});

it('should leave more than 500 of the ids that pass a filter to a job', async () => {
  const ids = await manyPeople(620);
  const filter = { not: { field: 'name', operator: 'starts_with', value: 'Person 6' } };
  const begun = dataOf(await bulk({ ids: ids.slice(0, 615), filter, update: { add_tags: ['mailed'] } }));
  const passing = 615 - 1 - 10 - 16;
  expect(begun).toMatchObject({ status: 'running', total: passing });
  expect(await completed(begun.id)).toMatchObject({ succeeded: passing, failed: 0 });
  expect((await workspace.client.get<Many<Contact>>('/v1/contacts', { tag: 'mailed', limit: 1 })).body.total).toBe(
    passing,
  );
});
