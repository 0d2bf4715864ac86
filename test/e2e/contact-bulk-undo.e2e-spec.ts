import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { createMember } from '../factories/member.js';
import {
  createApiKey,
  getData,
  getError,
  registerWorkspace,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { runSql } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, ItemResponse, ListResponse } from '../support/wire.js';

interface BulkRun {
  readonly id: string | null;
  readonly status: string;
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: { readonly changed: number; readonly merged: number; readonly deleted: number };
  readonly results: readonly { readonly id: string; readonly status: string; readonly error: object | null }[];
  readonly undoes_id: string | null;
  readonly undo_id: string | null;
  readonly dry_run?: boolean;
  readonly sample?: readonly { readonly id: string; readonly changed: object; readonly error: object | null }[] | null;
}

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

const bulk = (body: object): Promise<ApiResponse<ItemResponse<BulkRun>>> =>
  workspace.client.post<ItemResponse<BulkRun>>('/v1/contacts/bulk', body);
const undo = (id: string | null): Promise<ApiResponse<ItemResponse<BulkRun>>> =>
  workspace.client.post<ItemResponse<BulkRun>>(`/v1/contacts/bulk/${id}/undo`);

async function contact(id: string): Promise<Contact> {
  return getData(await workspace.client.get<ItemResponse<Contact>>(`/v1/contacts/${id}`));
}

async function run(id: string | null): Promise<BulkRun> {
  return getData(await workspace.client.get<ItemResponse<BulkRun>>(`/v1/contacts/bulk/${id}`));
}

const UPDATE = {
  company: 'Initech',
  status: 'inactive',
  custom_fields: { plan: 'pro', seats: null, region: 'eu' },
  add_tags: ['mailed'],
  remove_tags: ['trial'],
};
const BEFORE = { company: 'Acme', tags: ['trial', 'vip'], custom_fields: { plan: 'free', seats: 3, other: 1 } };

describe('dry_run', () => {
  it('should return the number and a sample of the changes, and change nothing', async () => {
    const [item, unchanged] = [
      await createContact(workspace.client, BEFORE),
      await createContact(workspace.client, { tags: ['new'] }),
    ];
    const [before, events] = [await contact(item.id), await listEvents(workspace.client)];
    const missing = randomUUID();
    const response = await bulk({ ids: [item.id, missing], update: UPDATE, dry_run: true });
    expect(response.status).toBe(200);
    const preview = getData(response);
    expect(preview).toMatchObject({ id: null, dry_run: true, total: 2, succeeded: 0, failed: 0, results: [] });
    expect(preview.sample!.find(({ id }) => id === item.id)).toEqual({
      id: item.id,
      error: null,
      changed: {
        company: ['Acme', 'Initech'],
        status: ['active', 'inactive'],
        tags: [
          ['trial', 'vip'],
          ['vip', 'mailed'],
        ],
        'custom_fields.plan': ['free', 'pro'],
        'custom_fields.seats': [3, null],
        'custom_fields.region': [null, 'eu'],
      },
    });
    expect(preview.sample!.find(({ id }) => id === missing)).toMatchObject({
      changed: {},
      error: { code: 'NOT_FOUND' },
    });
    const filter = { field: 'tags', operator: 'contains', value: 'new' };
    expect(getData(await bulk({ filter, update: { tags: ['new'] }, dry_run: true }))).toMatchObject({
      total: 1,
      sample: [{ id: unchanged.id, changed: {}, error: null }],
    });
    expect(await contact(item.id)).toEqual(before);
    expect(await listEvents(workspace.client)).toEqual(events);
    const rows = await runSql(
      `select (select count(*) from identity.bulk_operations where workspace_id = $1)
         + (select count(*) from identity.tag_names where workspace_id = $1 and key = 'mailed') as n`,
      [workspace.id],
    );
    expect(Number(rows[0]!['n'])).toBe(0);
  });

  it('should limit the sample to 20 of the contacts', async () => {
    await createContacts(620);
    const filter = { field: 'name', operator: 'starts_with', value: 'Person' };
    const preview = getData(await bulk({ filter, update: { add_tags: ['mailed'] }, dry_run: true }));
    expect([preview.total, preview.sample!.length, preview.status]).toEqual([620, 20, 'completed']);
  });

  it('should be rejected as the update itself', async () => {
    expect(getError(await bulk({ update: { tags: [] }, dry_run: true })).status).toBe(400);
    expect(getError(await bulk({ ids: [randomUUID()], update: {}, dry_run: true })).status).toBe(422);
    const { client } = await createMember(workspace);
    const { id } = await createContact(workspace.client);
    const body = { ids: [id], update: { tags: [] }, dry_run: true };
    expect(getError(await client.post('/v1/contacts/bulk', body)).status).toBe(403);
  });
});

async function createContacts(count: number): Promise<string[]> {
  const created = await runSql(
    `insert into identity.contacts (id, workspace_id, name, tags)
     select gen_random_uuid(), $1, 'Person ' || i, '{old}' from generate_series(1, ${count}) i returning id`,
    [workspace.id],
  );
  return created.map(({ id }) => id as string);
}

describe('undo', () => {
  it('should restore the previous values, with events and an audit entry', async () => {
    const item = await createContact(workspace.client, BEFORE);
    const done = getData(await bulk({ ids: [item.id], update: UPDATE }));
    expect(done).toMatchObject({ dry_run: false, sample: null, undo_id: null });
    expect(await contact(item.id)).toMatchObject({ company: 'Initech', status: 'inactive', tags: ['vip', 'mailed'] });
    const response = await undo(done.id);
    expect(response.status).toBe(200);
    const undone = getData(response);
    expect(undone).toMatchObject({ status: 'completed', total: 1, succeeded: 1, failed: 0, undoes_id: done.id });
    const { tags, custom_fields, ...restored } = await contact(item.id);
    expect(restored).toMatchObject({ company: 'Acme', status: 'active' });
    expect([...tags].sort()).toEqual(['trial', 'vip']);
    expect(custom_fields).toEqual(BEFORE.custom_fields);
    expect(await run(done.id)).toMatchObject({ undo_id: undone.id });
    expect(await run(undone.id)).toEqual(undone);
    const events = await listEvents(workspace.client);
    expect(events.filter(({ type }) => type === 'contact.updated')).toHaveLength(2);
    expect(events.filter(({ subject_id }) => subject_id === done.id).map(({ type }) => type)).toEqual([
      'contact_bulk_update.started',
      'contact_bulk_update.undone',
    ]);
    expect(events.find(({ type }) => type === 'contact_bulk_update.undone')).toMatchObject({
      subject_id: done.id,
      data: { undo_id: undone.id, contact_count: 1 },
      actor: { kind: 'user', id: workspace.userId },
    });
    const entries = await eventually(async () => {
      const query = { action: 'contact_bulk_update.*', order_dir: 'asc' };
      const { data } = (await workspace.client.get<ListResponse<{ summary: string }>>('/v1/audit', query)).body;
      return data.length === 2 ? data : null;
    });
    expect(entries.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/ started a bulk update of 1 contact \(status, company, .*\)$/),
      expect.stringMatching(/ undid a bulk update of 1 contact$/),
    ]);
  });

  it('should skip contacts and fields that have changed since, and merged or deleted contacts', async () => {
    const items = [];
    for (let count = 0; count < 5; count += 1) items.push(await createContact(workspace.client, BEFORE));
    const [changed, partly, merged, deleted, tagged] = items.map(({ id }) => id) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const update = { custom_fields: { plan: 'pro', region: 'eu' }, add_tags: ['mailed'] };
    const done = getData(await bulk({ ids: [changed, partly, merged, deleted, tagged], update }));
    const patch = (id: string, body: object) => workspace.client.patch(`/v1/contacts/${id}`, body);
    await patch(changed, { custom_fields: { plan: 'max', region: 'us' }, tags: ['vip'] });
    await patch(partly, { custom_fields: { plan: 'max' } });
    await patch(tagged, { tags: ['trial', 'vip', 'mailed', 'later'] });
    const { id: target } = await createContact(workspace.client);
    expect((await workspace.client.post(`/v1/contacts/${target}/merge`, { contact_ids: [merged] })).status).toBe(200);
    await workspace.client.delete(`/v1/contacts/${deleted}`);
    const undone = getData(await undo(done.id));
    expect(undone).toMatchObject({ total: 5, succeeded: 2, failed: 0, skipped: { changed: 1, merged: 1, deleted: 1 } });
    expect(Object.fromEntries(undone.results.map(({ id, status, error }) => [id, [status, error]]))).toEqual({
      [changed]: ['skipped', { code: 'CONFLICT', message: expect.stringContaining('custom_fields.plan') }],
      [partly]: ['updated', { code: 'CONFLICT', message: 'Changed since the bulk update: custom_fields.plan' }],
      [merged]: ['skipped', { code: 'NOT_FOUND', message: expect.stringContaining('merged') }],
      [deleted]: ['skipped', { code: 'NOT_FOUND', message: 'Contact not found' }],
      [tagged]: ['updated', null],
    });
    expect((await contact(changed)).custom_fields).toMatchObject({ plan: 'max', region: 'us' });
    expect((await contact(partly)).custom_fields).toEqual({ plan: 'max', seats: 3, other: 1 });
    expect((await contact(tagged)).tags).toEqual(['trial', 'vip', 'later']);
  });

  it('should return the same run when it is called again', async () => {
    const { id } = await createContact(workspace.client, BEFORE);
    const done = getData(await bulk({ ids: [id], update: UPDATE }));
    const undone = getData(await undo(done.id));
    await workspace.client.patch(`/v1/contacts/${id}`, { company: 'Initech' });
    expect(getData(await undo(done.id))).toEqual(undone);
    expect(await contact(id)).toMatchObject({ company: 'Initech' });
    expect(getError(await undo(undone.id)).status).toBe(422);
  });

  it('should restore a link to a company', async () => {
    const company = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>('/v1/companies', { name: 'Globex' }),
    );
    const { id } = await createContact(workspace.client, { company_id: company.id });
    const done = getData(await bulk({ ids: [id], update: { company: 'Initech' } }));
    expect(await contact(id)).toMatchObject({ company: 'Initech', company_id: null });
    await undo(done.id);
    expect(await contact(id)).toMatchObject({ company: 'Globex', company_id: company.id });
  });

  it('should run as a job when more than 500 contacts were changed', async () => {
    const ids = await createContacts(620);
    const finished = (id: string | null): Promise<BulkRun> =>
      eventually(async () => (await run(id).then((found) => (found.status === 'completed' ? found : null)))!, {
        timeoutMs: 20_000,
      });
    const filter = { field: 'name', operator: 'starts_with', value: 'Person' };
    const started = getData(await bulk({ filter, update: { tags: ['new'] } }));
    const early = await undo(started.id);
    if (early.status !== 202) expect(getError(early).status).toBe(409);
    await finished(started.id);
    await workspace.client.patch(`/v1/contacts/${ids[0]}`, { tags: ['old', 'later'] });
    const response = await undo(started.id);
    expect(response.status).toBe(202);
    expect(await finished(response.body.data.id)).toMatchObject({
      total: 620,
      succeeded: 619,
      skipped: { changed: 1 },
      results: [{ id: ids[0], status: 'skipped' }],
    });
    const { total } = (await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { tag: 'old', limit: 1 }))
      .body;
    expect(total).toBe(620);
  }, 60_000);

  it('should require the scope of bulk updates and not find runs of other workspaces', async () => {
    const { id } = await createContact(workspace.client);
    const done = getData(await bulk({ ids: [id], update: { tags: ['x'] } }));
    const member = await createMember(workspace);
    const { client: reader } = await createApiKey(workspace, ['contacts:write', 'contact_bulk:read']);
    const other = await registerWorkspace();
    const path = `/v1/contacts/bulk/${done.id}/undo`;
    expect(getError(await member.client.post(path)).status).toBe(403);
    expect(getError(await reader.post(path)).status).toBe(403);
    expect(getError(await other.client.post(path)).status).toBe(404);
    expect((await contact(id)).tags).toEqual(['x']);
  });

  it('should not keep the values of an erased contact', async () => {
    const { id } = await createContact(workspace.client, { custom_fields: { note: 'secret' } });
    const done = getData(await bulk({ ids: [id], update: { custom_fields: { note: 'none' } } }));
    expect((await workspace.client.post(`/v1/contacts/${id}/erase`, { confirm: id })).status).toBeLessThan(300);
    const rows = await runSql('select 1 from identity.bulk_operation_changes where run_id = $1', [done.id]);
    expect(rows).toEqual([]);
    expect(getData(await undo(done.id))).toMatchObject({ total: 0, status: 'completed' });
  });
});
