import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import { runSql } from '../support/database.js';
import type { Contact, ListResponse, ItemResponse } from '../support/wire.js';

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
  workspace = await registerWorkspace();
});

const bulk = (body: object) => workspace.client.post<ItemResponse<BulkOperation>>('/v1/contacts/bulk', body);

async function contact(id: string): Promise<Contact> {
  return getData(await workspace.client.get<ItemResponse<Contact>>(`/v1/contacts/${id}`));
}

it('should update each contact and report its result', async () => {
  const [item, secondItem] = [
    await createContact(workspace.client, { tags: ['a'], custom_fields: { plan: 'free', seats: 1, trial: true } }),
    await createContact(workspace.client, { tags: ['b'], custom_fields: { plan: 'pro' } }),
  ];
  const missing = randomUUID();
  const operation = getData(
    await bulk({
      ids: [item.id, secondItem.id, missing],
      update: { custom_fields: { plan: 'pro', trial: null }, add_tags: ['b'] },
    }),
  );
  expect(operation).toMatchObject({ status: 'completed', total: 3, succeeded: 2, failed: 1 });
  expect(Object.fromEntries(operation.results.map(({ id, status, error }) => [id, error?.code ?? status]))).toEqual({
    [item.id]: 'updated',
    [secondItem.id]: 'unchanged',
    [missing]: 'NOT_FOUND',
  });
  expect(await contact(item.id)).toMatchObject({ tags: ['a', 'b'], custom_fields: { plan: 'pro', seats: 1 } });
  expect(
    (await listEvents(workspace.client))
      .filter(({ type }) => type === 'contact.updated')
      .map(({ subject_id }) => subject_id),
  ).toEqual([item.id]);
  const found = getData(await workspace.client.get<ItemResponse<BulkOperation>>(`/v1/contacts/bulk/${operation.id}`));
  expect(operation).toEqual({ ...found, dry_run: false, sample: null });
});

it('should update contacts that match the filter, limited to the given IDs', async () => {
  const [vip, other, third] = [
    await createContact(workspace.client, { tags: ['vip'] }),
    await createContact(workspace.client),
    await createContact(workspace.client, { tags: ['vip'] }),
  ];
  const filter = { field: 'tags', operator: 'contains', value: 'vip' };
  expect(getData(await bulk({ filter, ids: [vip.id, other.id], update: { status: 'inactive' } }))).toMatchObject({
    total: 1,
    succeeded: 1,
  });
  expect(getData(await bulk({ filter, update: { remove_tags: ['vip'] } }))).toMatchObject({ total: 2, succeeded: 2 });
  expect((await contact(third.id)).tags).toEqual([]);
  expect(getData(await bulk({ filter, update: { status: 'active' } }))).toMatchObject({ total: 0, results: [] });
});

it('should be rejected without ids and filter, with an invalid filter or with unknown IDs', async () => {
  expect(getError(await bulk({ update: { tags: [] } })).status).toBe(400);
  expect(
    getError(await bulk({ filter: { field: 'zz', operator: 'equals', value: 1 }, update: { tags: [] } })).details,
  ).toHaveProperty(['filter.field']);
  expect(getError(await bulk({ ids: [randomUUID()], update: { tags: [] } })).status).toBe(422);
});

it('should not update contacts of another workspace', async () => {
  const other = await registerWorkspace();
  const [own, foreign] = [await createContact(workspace.client), await createContact(other.client)];
  expect(getData(await bulk({ ids: [own.id, foreign.id], update: { tags: ['x'] } }))).toMatchObject({
    succeeded: 1,
    failed: 1,
  });
  expect(getData(await other.client.get<ItemResponse<Contact>>(`/v1/contacts/${foreign.id}`)).tags).toEqual([]);
});

async function createContacts(count: number): Promise<string[]> {
  const created = await runSql(
    `insert into identity.contacts (id, workspace_id, name)
     select gen_random_uuid(), $1, 'Person ' || i from generate_series(1, ${count}) i returning id`,
    [workspace.id],
  );
  return created.map(({ id }) => id as string);
}

function completed(id: string): Promise<BulkOperation> {
  return eventually(
    async () => {
      const operation = getData(await workspace.client.get<ItemResponse<BulkOperation>>(`/v1/contacts/bulk/${id}`));
      return operation.status === 'completed' ? operation : null;
    },
    { timeoutMs: 20_000 },
  );
}

it('should run as a job when more than 500 contacts match', async () => {
  await createContacts(620);
  const started = await bulk({
    filter: { field: 'name', operator: 'starts_with', value: 'Person' },
    update: { add_tags: ['mailed'], status: 'inactive' },
  });
  expect([started.status, started.body.data.status, started.body.data.total]).toEqual([202, 'running', 620]);
  expect(await completed(started.body.data.id)).toMatchObject({ succeeded: 620, failed: 0, results: [] });
  expect(
    (await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { tag: 'mailed', limit: 1 })).body.total,
  ).toBe(620);
  const emitted = (await listEvents(workspace.client)).find(({ type }) => type === 'contact.updated');
  expect(emitted!.actor).toEqual({ kind: 'user', id: workspace.userId });
});

it('should run as a job and report each ID when more than 500 IDs are given', async () => {
  const [existing, unknown] = [await createContacts(510), Array.from({ length: 5 }, () => randomUUID())];
  const started = getData(await bulk({ ids: [...existing, ...unknown], update: { add_tags: ['mailed'] } }));
  expect(started).toMatchObject({ status: 'running', total: 515 });
  const done = await completed(started.id);
  expect(done).toMatchObject({ succeeded: 510, failed: 5 });
  expect(done.results.map(({ id, status, error }) => [id, status, error?.code]).sort()).toEqual(
    unknown.map((id) => [id, 'failed', 'NOT_FOUND']).sort(),
  );
});

it('should run as a job when more than 500 of the IDs match the filter', async () => {
  const ids = await createContacts(620);
  const filter = { not: { field: 'name', operator: 'starts_with', value: 'Person 6' } };
  const started = getData(await bulk({ ids: ids.slice(0, 615), filter, update: { add_tags: ['mailed'] } }));
  const passing = 615 - 1 - 10 - 16;
  expect(started).toMatchObject({ status: 'running', total: passing });
  expect(await completed(started.id)).toMatchObject({ succeeded: passing, failed: 0 });
  expect(
    (await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { tag: 'mailed', limit: 1 })).body.total,
  ).toBe(passing);
});
