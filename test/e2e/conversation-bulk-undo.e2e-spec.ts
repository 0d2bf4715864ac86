import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createMember } from '../factories/member.js';
import { getData, getError, registerWorkspace, type ApiResponse, type Workspace } from '../support/client.js';
import { runSql } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ItemResponse, ListResponse } from '../support/wire.js';

interface BulkRun {
  readonly id: string | null;
  readonly status: string;
  readonly total: number;
  readonly succeeded: number;
  readonly results: readonly { readonly id: string; readonly status: string; readonly error: object | null }[];
  readonly sample?: readonly { readonly id: string; readonly changed: object; readonly error: object | null }[] | null;
}

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

const bulk = (body: object): Promise<ApiResponse<ItemResponse<BulkRun>>> =>
  workspace.client.post<ItemResponse<BulkRun>>('/v1/conversations/bulk', body);
const undo = (id: string | null): Promise<ApiResponse<ItemResponse<BulkRun>>> =>
  workspace.client.post<ItemResponse<BulkRun>>(`/v1/conversations/bulk/${id}/undo`);

interface FullConversation extends Conversation {
  readonly custom_fields: object;
  readonly metadata: object;
  readonly updated_at: string;
  readonly status_changed_at: string;
  readonly reopen_count: number;
}

async function get(id: string): Promise<FullConversation> {
  return getData(await workspace.client.get<ItemResponse<FullConversation>>(`/v1/conversations/${id}`));
}

async function update(id: string, body: object): Promise<void> {
  expect((await workspace.client.patch(`/v1/conversations/${id}`, body)).status).toBe(200);
}

async function updateInBulk(ids: readonly string[], changes: object): Promise<string | null> {
  const done = getData(await bulk({ ids, update: changes }));
  expect(done.results.map(({ status }) => status)).toEqual(ids.map(() => 'updated'));
  return done.id;
}

it('should return a sample of the changes and change nothing when it is a dry run', async () => {
  const { id } = await createConversation(workspace.client, { tags: ['a'] });
  const closed = await createConversation(workspace.client);
  await workspace.client.post(`/v1/conversations/${closed.id}/close`);
  const [before, events] = [await get(id), await listEvents(workspace.client)];
  const body = { ids: [id, closed.id], update: { priority: 'low', status: 'pending', add_tags: ['b'] }, dry_run: true };
  const response = await bulk(body);
  expect([response.status, getData(response)]).toEqual([
    200,
    expect.objectContaining({ id: null, dry_run: true, total: 2, results: [], status: 'completed' }),
  ]);
  const changed = { priority: ['normal', 'low'], status: ['open', 'pending'], tags: [['a'], ['a', 'b']] };
  expect(getData(response).sample).toEqual([
    { id, changed, error: null },
    { id: closed.id, changed: {}, error: { code: 'UNPROCESSABLE', message: expect.any(String) } },
  ]);
  expect(await get(id)).toEqual(before);
  expect(await listEvents(workspace.client)).toEqual(events);
});

it('should restore the previous values, with the usual events', async () => {
  const member = await createMember(workspace);
  const { id } = await createConversation(workspace.client, {
    subject: 'Invoice',
    tags: ['a', 'b'],
    priority: 'high',
    assignee_id: member.userId,
    custom_fields: { plan: 'free' },
    metadata: { source: 'shop' },
  });
  const before = await get(id);
  const bulkId = await updateInBulk([id], {
    subject: 'Refund',
    priority: 'low',
    assignee_id: null,
    add_tags: ['c'],
    remove_tags: ['a'],
    custom_fields: { plan: null, seats: 3 },
    metadata: { source: 'web' },
    status: 'pending',
  });
  await update(id, { tags: ['b', 'c', 'later'] });
  const undone = getData(await undo(bulkId));
  expect(undone).toMatchObject({ total: 1, succeeded: 1, status: 'completed', undoes_id: bulkId });
  const { subject, priority, assignee, custom_fields, metadata, status, tags } = await get(id);
  expect({ subject, priority, assignee, custom_fields, metadata, status }).toEqual({
    subject: 'Invoice',
    priority: 'high',
    assignee: before.assignee,
    custom_fields: { plan: 'free' },
    metadata: { source: 'shop' },
    status: 'open',
  });
  expect([...tags].sort()).toEqual(['a', 'b', 'later']);
  const events = await listEvents(workspace.client);
  expect(events.filter(({ type }) => type === 'conversation.updated').at(-1)).toMatchObject({
    subject_id: id,
    data: { changed: { priority: ['low', 'high'], status: ['pending', 'open'] } },
  });
  expect(events.find(({ type }) => type === 'conversation_bulk_update.undone')).toMatchObject({ subject_id: bulkId });
  expect(getData(await undo(bulkId))).toEqual(undone);
});

it.each(['open', 'pending', 'snoozed', 'resolved', 'closed'])(
  'should restore the status %s when the bulk update has set another one',
  async (status) => {
    const { id } = await createConversation(workspace.client);
    await createMessage(workspace.client, id, { type: 'comment' });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    if (status === 'snoozed') await update(id, { status, snoozed_until: until });
    else if (status !== 'open') await update(id, { status });
    const before = await get(id);
    const bulkId = await updateInBulk([id], { status: status === 'closed' ? 'open' : 'closed' });
    expect(getData(await undo(bulkId)).results).toEqual([{ id, status: 'updated', error: null }]);
    const { updated_at, version, status_changed_at, reopen_count, ...restored } = await get(id);
    expect(version).toBeGreaterThan(before.version);
    expect(before).toMatchObject(restored);
  },
);

it('should open the conversation when the previous snooze has ended', async () => {
  const { id } = await createConversation(workspace.client);
  await update(id, { status: 'snoozed', snoozed_until: new Date(Date.now() + 1_000).toISOString() });
  const bulkId = await updateInBulk([id], { status: 'closed' });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await undo(bulkId);
  expect(await get(id)).toMatchObject({ status: 'open', snoozed_until: null });
});

it('should skip conversations that have changed since or were merged', async () => {
  const [changed, merged, target] = [
    await createConversation(workspace.client),
    await createConversation(workspace.client),
    await createConversation(workspace.client),
  ];
  const bulkId = await updateInBulk([changed.id, merged.id], { priority: 'low' });
  await update(changed.id, { priority: 'urgent' });
  await workspace.client.post(`/v1/conversations/${merged.id}/merge`, { into_id: target.id });
  const undone = getData(await undo(bulkId));
  expect(undone).toMatchObject({ succeeded: 0, skipped: { changed: 1, merged: 1, deleted: 0 } });
  expect(undone.results.map(({ id, error }) => [id, error])).toEqual([
    [changed.id, { code: 'CONFLICT', message: 'Changed since the bulk update: priority' }],
    [merged.id, { code: 'NOT_FOUND', message: expect.stringContaining('merged') }],
  ]);
  expect((await get(changed.id)).priority).toBe('urgent');
});

it('should report a conversation whose previous assignee is no longer active', async () => {
  const member = await createMember(workspace);
  const { id } = await createConversation(workspace.client, { assignee_id: member.userId });
  const bulkId = await updateInBulk([id], { assignee_id: null });
  expect((await workspace.client.post(`/v1/users/${member.userId}/deactivate`, {})).status).toBe(200);
  expect(getData(await undo(bulkId))).toMatchObject({ failed: 1, results: [{ status: 'failed' }] });
  expect((await get(id)).assignee).toBeNull();
});

it('should not keep the values of conversations of an erased contact', async () => {
  const { id, contact } = await createConversation(workspace.client, { subject: 'My secret' });
  const bulkId = await updateInBulk([id], { subject: 'Refund' });
  await workspace.client.post(`/v1/contacts/${contact.id}/erase`, { confirm: contact.id });
  expect(await runSql('select 1 from messaging.bulk_change_records where run_id = $1', [bulkId])).toEqual([]);
  expect(getData(await undo(bulkId))).toMatchObject({ total: 0, status: 'completed' });
});

it('should run as a job when more than 500 conversations were changed', async () => {
  const { contact } = await createConversation(workspace.client);
  await runSql(
    `insert into messaging.conversations (id, workspace_id, number, contact_id, channel, status, priority,
       status_changed_at, last_activity_at, created_at, updated_at)
     select gen_random_uuid(), $1, 1000 + i, $2, 'api', 'open', 'normal', now(), now(), now(), now()
       from generate_series(1, 520) i`,
    [workspace.id, contact.id],
  );
  const filter = { field: 'priority', operator: 'equals', value: 'normal' };
  const started = await bulk({ filter, update: { priority: 'low' } });
  expect(started.status).toBe(202);
  const finished = (id: string | null): Promise<BulkRun> =>
    eventually(
      async () => {
        const run = getData(await workspace.client.get<ItemResponse<BulkRun>>(`/v1/conversations/bulk/${id}`));
        return run.status === 'completed' ? run : null;
      },
      { timeoutMs: 30_000 },
    );
  await finished(started.body.data.id);
  const response = await undo(started.body.data.id);
  expect(response.status).toBe(202);
  expect(await finished(response.body.data.id)).toMatchObject({ total: 521, succeeded: 521, results: [] });
  const { total } = (
    await workspace.client.get<ListResponse<Conversation>>('/v1/conversations', { priority: 'normal', limit: 1 })
  ).body;
  expect(total).toBe(521);
}, 90_000);

it('should not find bulk updates of another workspace', async () => {
  const bulkId = await updateInBulk([(await createConversation(workspace.client)).id], { priority: 'low' });
  const other = await registerWorkspace();
  expect(getError(await other.client.post(`/v1/conversations/bulk/${bulkId}/undo`)).status).toBe(404);
  expect(getError(await undo(randomUUID())).status).toBe(404);
});
