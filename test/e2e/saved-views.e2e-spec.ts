import { createConversation } from '../factories/conversation.js';
import { createTeam } from '../factories/team.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import type { Conversation, ListResponse, ItemResponse, SavedView } from '../support/wire.js';

const OPEN = { field: 'status', operator: 'equals', value: 'open' };
const OWN_FILTER = { field: 'assignee_id', operator: 'equals', value: 'me' };

let workspace: Workspace;
let other: Workspace;

beforeEach(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function createView(name: string, fields: object = {}, client: Client = workspace.client): Promise<SavedView> {
  return getData(await client.post<ItemResponse<SavedView>>('/v1/saved-views', { name, filter: OPEN, ...fields }));
}

async function names(query: Record<string, string> = {}, client: Client = workspace.client): Promise<string[]> {
  return (await client.get<ListResponse<SavedView>>('/v1/saved-views', query)).body.data.map(({ name }) => name);
}

async function conversationsOf(
  { id }: SavedView,
  query: Record<string, string | number> = {},
  client: Client = workspace.client,
): Promise<ListResponse<Conversation>> {
  const { status, body } = await client.get<ListResponse<Conversation>>(`/v1/saved-views/${id}/conversations`, query);
  expect(status).toBe(200);
  return body;
}

describe('/v1/saved-views', () => {
  it('should sort by position, add new views last and move them', async () => {
    const first = await createView('Open', {
      description: 'All of them',
      columns: ['number', 'contact', 'custom_fields.plan'],
      order_by: 'created_at',
      order_dir: 'asc',
    });
    expect(first).toMatchObject({
      resource: 'conversation',
      visibility: 'workspace',
      position: 0,
      owner_id: workspace.userId,
      filter: OPEN,
      order_by: 'created_at',
      order_dir: 'asc',
      version: 1,
    });
    expect(first.columns).toEqual(['number', 'contact', 'custom_fields.plan']);
    await createView('Mine', { filter: OWN_FILTER });
    await createView('Late');
    expect(await names()).toEqual(['Open', 'Mine', 'Late']);
    expect(
      getData(await workspace.client.patch<ItemResponse<SavedView>>(`/v1/saved-views/${first.id}`, { position: 9 })),
    ).toMatchObject({ position: 9, version: 2 });
    expect(await names()).toEqual(['Mine', 'Late', 'Open']);
    expect(await names({ limit: '1', offset: '1' })).toEqual(['Late']);
  });

  it('should list only views that the caller can use', async () => {
    const team = await createTeam(workspace.client);
    await createView('workspace');
    await createView('team', { visibility: 'team', team_id: team.id });
    const own = await createView('mine', { visibility: 'personal' });
    expect(await names()).toEqual(['workspace', 'team', 'mine']);
    expect(await names({ visibility: 'team,personal' })).toEqual(['team', 'mine']);
    const [admin, agent] = [await createApiKey(workspace), await createApiKey(workspace, ['conversations:write'])];
    expect(await names({}, admin.client)).toEqual(['workspace', 'team']);
    expect(await names({}, agent.client)).toEqual(['workspace']);
    for (const response of [
      await admin.client.get(`/v1/saved-views/${own.id}`),
      await admin.client.get(`/v1/saved-views/${own.id}/conversations`),
      await admin.client.delete(`/v1/saved-views/${own.id}`),
    ]) {
      expect(getError(response)).toMatchObject({ status: 404 });
    }
  });

  it('should return an error when the filter, a column or the visibility is not valid', async () => {
    const rejected = async (fields: object, client: Client = workspace.client) =>
      getError(await client.post('/v1/saved-views', { name: 'Odd', filter: OPEN, ...fields }));
    expect(
      await rejected({
        filter: {
          all: [
            OPEN,
            { field: 'status', operator: 'equals', value: 'opened' },
            { any: [{ ...OWN_FILTER, value: 'you' }] },
          ],
        },
      }),
    ).toMatchObject({
      status: 400,
      details: { 'filter.all[1].value': [expect.any(String)], 'filter.all[2].any[0].value': [expect.any(String)] },
    });
    expect(await rejected({ filter: { field: 'subject', operator: 'equal', value: 'me' } })).toMatchObject({
      status: 400,
      details: { 'filter.operator': [expect.any(String)] },
    });
    expect(await rejected({ filter: null })).toMatchObject({ status: 400 });
    expect(await rejected({ columns: ['number', 'nonsense'] })).toMatchObject({
      status: 400,
      details: { columns: [expect.stringContaining('nonsense')] },
    });
    expect(await rejected({ order_by: 'subject' })).toMatchObject({ status: 400 });
    expect(await rejected({ visibility: 'team' })).toMatchObject({ status: 400 });
    expect(await rejected({ visibility: 'team', team_id: (await createTeam(other.client)).id })).toMatchObject({
      status: 422,
    });
    expect(
      await rejected({ visibility: 'personal' }, (await createApiKey(workspace, ['conversations:write'])).client),
    ).toMatchObject({ status: 422 });
    expect(await rejected({}, (await createApiKey(workspace, ['conversations:read'])).client)).toMatchObject({
      status: 403,
    });
    const { id } = await createView('Fine');
    expect(getError(await workspace.client.patch(`/v1/saved-views/${id}`, { filter: { any: [] } }))).toMatchObject({
      status: 400,
      details: { 'filter.any': [expect.any(String)] },
    });
    expect(
      getError(await workspace.client.patch(`/v1/saved-views/${id}`, { name: 'Late' }, { 'if-match': '"7"' })),
    ).toMatchObject({ status: 412 });
  });

  it('should keep the version without a change, and return 404 when deleted', async () => {
    const { id } = await createView('Fine');
    const path = `/v1/saved-views/${id}`;
    expect(
      getData(await workspace.client.patch<ItemResponse<SavedView>>(path, { name: 'Fine', filter: OPEN })),
    ).toMatchObject({
      version: 1,
    });
    expect(
      getData(
        await workspace.client.patch<ItemResponse<SavedView>>(path, { filter: { not: OPEN }, description: null }),
      ),
    ).toMatchObject({ version: 2, filter: { not: OPEN } });
    expect((await workspace.client.delete(path)).status).toBe(204);
    expect(getError(await workspace.client.get(path))).toMatchObject({ status: 404 });
  });

  it('should list its conversations in its order across pages', async () => {
    const created = [
      await createConversation(workspace.client, { subject: 'a' }),
      await createConversation(workspace.client, { subject: 'b' }),
      await createConversation(workspace.client, { subject: 'c' }),
    ];
    await workspace.client.patch(`/v1/conversations/${created[1]!.id}`, { status: 'closed' });
    const view = await createView('Open', { order_by: 'created_at', order_dir: 'asc' });
    const first = await conversationsOf(view, { limit: 1 });
    expect(first.total).toBe(2);
    const second = await conversationsOf(view, { limit: 1, cursor: first.meta.next_cursor! });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([created[0]!.id, created[2]!.id]);
    expect((await conversationsOf(view, { order_dir: 'desc' })).data.map(({ id }) => id)).toEqual([
      created[2]!.id,
      created[0]!.id,
    ]);
    await workspace.client.patch(`/v1/saved-views/${view.id}`, { filter: { not: OPEN } });
    expect((await conversationsOf(view)).data.map(({ id }) => id)).toEqual([created[1]!.id]);
  });

  it('should replace me with the caller, and match nothing for a service key', async () => {
    const [own, followedId] = [await createConversation(workspace.client), await createConversation(workspace.client)];
    await workspace.client.patch(`/v1/conversations/${own.id}`, { assignee_id: workspace.userId });
    await workspace.client.post(`/v1/conversations/${followedId.id}/participants`, { user_id: workspace.userId });
    const assigned = await createView('Mine', {
      filter: { all: [OPEN, { ...OWN_FILTER, operator: 'in', value: ['me'] }] },
    });
    const following = await createView('Followed', {
      filter: { field: 'participant_ids', operator: 'contains', value: 'me' },
    });
    expect(assigned.filter).toEqual({ all: [OPEN, { ...OWN_FILTER, operator: 'in', value: ['me'] }] });
    expect((await conversationsOf(assigned)).data.map(({ id }) => id)).toEqual([own.id]);
    expect((await conversationsOf(following)).data.map(({ id }) => id)).toContain(followedId.id);
    const { client } = await createApiKey(workspace, ['conversations:read']);
    for (const view of [assigned, following]) expect((await conversationsOf(view, {}, client)).data).toEqual([]);
  });

  it('should count the conversations of each view', async () => {
    for (let index = 0; index < 3; index += 1) await createConversation(workspace.client);
    const [all, own] = [await createView('Open'), await createView('Mine', { filter: OWN_FILTER })];
    await createView('Theirs', {}, other.client);
    const { counts } = getData(
      await workspace.client.get<ItemResponse<{ counts: object[] }>>('/v1/saved-views/counts'),
    );
    expect(counts).toEqual([
      { id: all.id, count: 3, more: false },
      { id: own.id, count: 0, more: false },
    ]);
    const unique = await registerWorkspace();
    expect(
      getData(await unique.client.get<ItemResponse<{ counts: object[] }>>('/v1/saved-views/counts')).counts,
    ).toEqual([]);
  });

  it('should not return views or conversations of another workspace', async () => {
    const foreign = await createView('Theirs', {}, other.client);
    await createConversation(other.client);
    const { id } = await createConversation(workspace.client);
    expect(await names()).toEqual([]);
    expect(getError(await workspace.client.get(`/v1/saved-views/${foreign.id}`))).toMatchObject({ status: 404 });
    expect(getError(await workspace.client.get(`/v1/saved-views/${foreign.id}/conversations`))).toMatchObject({
      status: 404,
    });
    expect((await conversationsOf(await createView('Open'))).data.map((item) => item.id)).toEqual([id]);
  });
});
