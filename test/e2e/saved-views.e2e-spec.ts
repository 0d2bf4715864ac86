import { makeConversation } from '../factories/conversation.js';
import { makeTeam } from '../factories/team.js';
import { apiKey, dataOf, refusalOf, register, type Client, type Workspace } from '../support/client.js';
import type { Conversation, Many, One, SavedView } from '../support/wire.js';

const OPEN = { field: 'status', operator: 'equals', value: 'open' };
const MINE = { field: 'assignee_id', operator: 'equals', value: 'me' };

let workspace: Workspace;
let other: Workspace;

beforeEach(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

async function make(name: string, fields: object = {}, client: Client = workspace.client): Promise<SavedView> {
  return dataOf(await client.post<One<SavedView>>('/v1/saved-views', { name, filter: OPEN, ...fields }));
}

async function names(query: Record<string, string> = {}, client: Client = workspace.client): Promise<string[]> {
  return (await client.get<Many<SavedView>>('/v1/saved-views', query)).body.data.map(({ name }) => name);
}

async function conversationsOf(
  { id }: SavedView,
  query: Record<string, string | number> = {},
  client: Client = workspace.client,
): Promise<Many<Conversation>> {
  const { status, body } = await client.get<Many<Conversation>>(`/v1/saved-views/${id}/conversations`, query);
  expect(status).toBe(200);
  return body;
}

describe('/v1/saved-views', () => {
  it('should stand in their order, new ones last, and move', async () => {
    const first = await make('Open', {
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
    await make('Mine', { filter: MINE });
    await make('Late');
    expect(await names()).toEqual(['Open', 'Mine', 'Late']);
    expect(
      dataOf(await workspace.client.patch<One<SavedView>>(`/v1/saved-views/${first.id}`, { position: 9 })),
    ).toMatchObject({ position: 9, version: 2 });
    expect(await names()).toEqual(['Mine', 'Late', 'Open']);
    expect(await names({ limit: '1', offset: '1' })).toEqual(['Late']);
  });

  it('should show each to those whom it is for', async () => {
    const team = await makeTeam(workspace.client);
    await make('everybody');
    await make('team', { visibility: 'team', team_id: team.id });
    const own = await make('mine', { visibility: 'personal' });
    expect(await names()).toEqual(['everybody', 'team', 'mine']);
    expect(await names({ visibility: 'team,personal' })).toEqual(['team', 'mine']);
    const [admin, agent] = [await apiKey(workspace), await apiKey(workspace, ['conversations:write'])];
    expect(await names({}, admin.client)).toEqual(['everybody', 'team']);
    expect(await names({}, agent.client)).toEqual(['everybody']);
    for (const answer of [
      await admin.client.get(`/v1/saved-views/${own.id}`),
      await admin.client.get(`/v1/saved-views/${own.id}/conversations`),
      await admin.client.delete(`/v1/saved-views/${own.id}`),
    ]) {
      expect(refusalOf(answer)).toMatchObject({ status: 404 });
    }
  });

  it('should refuse filters with every fault by its path, columns that are no fields, and what is for nobody', async () => {
    const refused = async (fields: object, client: Client = workspace.client) =>
      refusalOf(await client.post('/v1/saved-views', { name: 'Odd', filter: OPEN, ...fields }));
    expect(
      await refused({
        filter: {
          all: [OPEN, { field: 'status', operator: 'equals', value: 'opened' }, { any: [{ ...MINE, value: 'you' }] }],
        },
      }),
    ).toMatchObject({
      status: 400,
      details: { 'filter.all[1].value': [expect.any(String)], 'filter.all[2].any[0].value': [expect.any(String)] },
    });
    expect(await refused({ filter: { field: 'subject', operator: 'equal', value: 'me' } })).toMatchObject({
      status: 400,
      details: { 'filter.operator': [expect.any(String)] },
    });
    expect(await refused({ filter: null })).toMatchObject({ status: 400 });
    expect(await refused({ columns: ['number', 'nonsense'] })).toMatchObject({
      status: 400,
      details: { columns: [expect.stringContaining('nonsense')] },
    });
    expect(await refused({ order_by: 'subject' })).toMatchObject({ status: 400 });
    expect(await refused({ visibility: 'team' })).toMatchObject({ status: 400 });
    expect(await refused({ visibility: 'team', team_id: (await makeTeam(other.client)).id })).toMatchObject({
      status: 422,
    });
    expect(
      await refused({ visibility: 'personal' }, (await apiKey(workspace, ['conversations:write'])).client),
    ).toMatchObject({ status: 422 });
    expect(await refused({}, (await apiKey(workspace, ['conversations:read'])).client)).toMatchObject({ status: 403 });
    const { id } = await make('Fine');
    expect(refusalOf(await workspace.client.patch(`/v1/saved-views/${id}`, { filter: { any: [] } }))).toMatchObject({
      status: 400,
      details: { 'filter.any': [expect.any(String)] },
    });
    expect(
      refusalOf(await workspace.client.patch(`/v1/saved-views/${id}`, { name: 'Late' }, { 'if-match': '"7"' })),
    ).toMatchObject({ status: 412 });
  });

  it('should be left as it is by what changes nothing, and be gone when deleted', async () => {
    const { id } = await make('Fine');
    const path = `/v1/saved-views/${id}`;
    expect(dataOf(await workspace.client.patch<One<SavedView>>(path, { name: 'Fine', filter: OPEN }))).toMatchObject({
      version: 1,
    });
    expect(
      dataOf(await workspace.client.patch<One<SavedView>>(path, { filter: { not: OPEN }, description: null })),
    ).toMatchObject({ version: 2, filter: { not: OPEN } });
    expect((await workspace.client.delete(path)).status).toBe(204);
    expect(refusalOf(await workspace.client.get(path))).toMatchObject({ status: 404 });
  });

  it('should list its conversations in its order, over pages', async () => {
    const made = [
      await makeConversation(workspace.client, { subject: 'a' }),
      await makeConversation(workspace.client, { subject: 'b' }),
      await makeConversation(workspace.client, { subject: 'c' }),
    ];
    await workspace.client.patch(`/v1/conversations/${made[1]!.id}`, { status: 'closed' });
    const view = await make('Open', { order_by: 'created_at', order_dir: 'asc' });
    const first = await conversationsOf(view, { limit: 1 });
    expect(first.total).toBe(2);
    const second = await conversationsOf(view, { limit: 1, cursor: first.meta.next_cursor! });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([made[0]!.id, made[2]!.id]);
    expect((await conversationsOf(view, { order_dir: 'desc' })).data.map(({ id }) => id)).toEqual([
      made[2]!.id,
      made[0]!.id,
    ]);
    await workspace.client.patch(`/v1/saved-views/${view.id}`, { filter: { not: OPEN } });
    expect((await conversationsOf(view)).data.map(({ id }) => id)).toEqual([made[1]!.id]);
  });

  it('should take me for whoever looks, and for nobody where a service does', async () => {
    const [mine, followed] = [await makeConversation(workspace.client), await makeConversation(workspace.client)];
    await workspace.client.patch(`/v1/conversations/${mine.id}`, { assignee_id: workspace.userId });
    await workspace.client.post(`/v1/conversations/${followed.id}/participants`, { user_id: workspace.userId });
    const assigned = await make('Mine', { filter: { all: [OPEN, { ...MINE, operator: 'in', value: ['me'] }] } });
    const following = await make('Followed', {
      filter: { field: 'participant_ids', operator: 'contains', value: 'me' },
    });
    expect(assigned.filter).toEqual({ all: [OPEN, { ...MINE, operator: 'in', value: ['me'] }] });
    expect((await conversationsOf(assigned)).data.map(({ id }) => id)).toEqual([mine.id]);
    expect((await conversationsOf(following)).data.map(({ id }) => id)).toContain(followed.id);
    const { client } = await apiKey(workspace, ['conversations:read']);
    for (const view of [assigned, following]) expect((await conversationsOf(view, {}, client)).data).toEqual([]);
  });

  it('should count the conversations of each view', async () => {
    for (let index = 0; index < 3; index += 1) await makeConversation(workspace.client);
    const [all, mine] = [await make('Open'), await make('Mine', { filter: MINE })];
    await make('Theirs', {}, other.client);
    const { counts } = dataOf(await workspace.client.get<One<{ counts: object[] }>>('/v1/saved-views/counts'));
    expect(counts).toEqual([
      { id: all.id, count: 3, more: false },
      { id: mine.id, count: 0, more: false },
    ]);
    const fresh = await register();
    expect(dataOf(await fresh.client.get<One<{ counts: object[] }>>('/v1/saved-views/counts')).counts).toEqual([]);
  });

  it('should not show those of another workspace, nor conversations of it', async () => {
    const theirs = await make('Theirs', {}, other.client);
    await makeConversation(other.client);
    const { id } = await makeConversation(workspace.client);
    expect(await names()).toEqual([]);
    expect(refusalOf(await workspace.client.get(`/v1/saved-views/${theirs.id}`))).toMatchObject({ status: 404 });
    expect(refusalOf(await workspace.client.get(`/v1/saved-views/${theirs.id}/conversations`))).toMatchObject({
      status: 404,
    });
    expect((await conversationsOf(await make('Open'))).data.map((one) => one.id)).toEqual([id]);
  });
});
