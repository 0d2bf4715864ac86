import { randomUUID } from 'node:crypto';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createTeam } from '../factories/team.js';
import { createApiKey, getError, registerWorkspace, type Workspace } from '../support/client.js';
import type { Conversation, ListResponse, Message, Team } from '../support/wire.js';

type Query = Record<string, string | number>;

const CREATED = 12;

let workspace: Workspace;
let team: Team;
/** Sorted by creation, oldest first. */
let createdIds: Conversation[];

beforeAll(async () => {
  workspace = await registerWorkspace();
  team = await createTeam(workspace.client);
  createdIds = [];
  for (let index = 0; index < CREATED; index += 1) {
    const fields = [
      {},
      { assignee_id: workspace.userId },
      { team_id: team.id, priority: 'high' },
      { tags: ['billing'], channel: 'email' },
    ][index % 4]!;
    createdIds.push(await createConversation(workspace.client, { subject: `Number ${index}`, ...fields }));
  }
  await workspace.client.post(`/v1/conversations/${createdIds[0]!.id}/resolve`);
  await createMessage(workspace.client, createdIds[1]!.id);
});

async function getPage(query: Query = {}): Promise<ListResponse<Conversation>> {
  const { status, body } = await workspace.client.get<ListResponse<Conversation>>('/v1/conversations', query);
  expect(status).toBe(200);
  return body;
}

async function positionsOf(query: Query): Promise<number[]> {
  return (await getPage({ limit: 100, order_by: 'created_at', order_dir: 'asc', ...query })).data.map(({ id }) =>
    createdIds.findIndex((item) => item.id === id),
  );
}

function listAll(remainder: number): number[] {
  return createdIds.map((_one, index) => index).filter((index) => index % 4 === remainder);
}

describe('filters', () => {
  it('should filter by each field', async () => {
    expect(await positionsOf({ status: 'resolved' })).toEqual([0]);
    expect(await positionsOf({ status: 'open,pending' })).toHaveLength(CREATED - 1);
    expect(await positionsOf({ priority: 'high,urgent' })).toEqual(listAll(2));
    expect(await positionsOf({ channel: 'email' })).toEqual(listAll(3));
    expect(await positionsOf({ assignee: 'me' })).toEqual(listAll(1));
    expect(await positionsOf({ assignee: workspace.userId.toUpperCase() })).toEqual(listAll(1));
    expect(await positionsOf({ assignee: 'none' })).toHaveLength(CREATED - listAll(1).length);
    expect(await positionsOf({ assignee: 'none,me' })).toHaveLength(CREATED);
    expect(await positionsOf({ team: team.id })).toEqual(listAll(2));
    expect(await positionsOf({ inbox: 'none' })).toHaveLength(CREATED);
    expect(await positionsOf({ contact: createdIds[5]!.contact.id })).toEqual([5]);
    expect(await positionsOf({ contact: `${createdIds[5]!.contact.id},${createdIds[7]!.contact.id}` })).toEqual([5, 7]);
    expect(await positionsOf({ tag: 'billing,other' })).toEqual(listAll(3));
    expect(await positionsOf({ unread: 'false' })).toEqual([0, 1]);
    expect(await positionsOf({ unattended: 'false' })).toEqual([0, 1]);
    expect(
      await positionsOf({ created_after: createdIds[6]!.created_at, created_before: createdIds[8]!.created_at }),
    ).toEqual(expect.arrayContaining([6, 7]));
    expect(await positionsOf({ status: 'open', priority: 'high', team: team.id, unread: 'true' })).toEqual(listAll(2));
  });

  it('should find text in the subject or messages, and conversation numbers', async () => {
    const { client } = await registerWorkspace();
    const sent = await createConversation(client, { subject: 'Other', message: { body: 'The zeppelin has landed' } });
    const bySubject = await createConversation(client, { subject: 'Zeppelin fares' });
    const found = async (query: Query) =>
      (
        await client.get<ListResponse<Conversation>>('/v1/conversations', {
          order_by: 'created_at',
          order_dir: 'asc',
          ...query,
        })
      ).body.data.map(({ id }) => id);
    for (const q of ['zeppelin', 'zepp', 'ZEPPELIN']) expect(await found({ q })).toEqual([sent.id, bySubject.id]);
    expect(await found({ q: 'zeppelin -fares' })).toEqual([sent.id]);
    expect(await found({ q: 'zeppelin', status: 'resolved' })).toEqual([]);
    expect(await found({ q: `#${bySubject.number}` })).toEqual([bySubject.id]);
    expect(await found({ q: '#999999' })).toEqual([]);
    expect(await found({ q: '?!' })).toEqual([]);
    expect(
      (await client.get<ListResponse<Conversation>>('/v1/conversations', { q: 'zeppelin', limit: 1 })).body.meta,
    ).toMatchObject({ total: 2, has_more: true });
    expect((await getPage({ q: 'zeppelin' })).data).toEqual([]);
  });

  it('should return all matches page by page when most conversations match', async () => {
    const { client } = await registerWorkspace();
    const matching: string[] = [];
    for (let index = 0; index < 32; index += 1) {
      const { id } = await createConversation(
        client,
        index % 4 === 0
          ? { subject: 'Courier' }
          : { message: { body: index % 4 === 1 ? 'Nothing new' : 'The courier is late' } },
      );
      if (index % 4 !== 1) matching.push(id);
    }
    const deleted = await createMessage(client, matching[1]!, { body: 'Courier!' });
    await client.delete(`/v1/messages/${deleted.id}`);
    await client.post(`/v1/conversations/${matching[3]!}/resolve`);
    const seen: string[] = [];
    for (let cursor: string | null = null; seen.length === 0 || cursor !== null;) {
      const query: Query = { q: 'couri', order_by: 'created_at', order_dir: 'asc', limit: 7 };
      const { body }: { body: ListResponse<Conversation> } = await client.get(
        '/v1/conversations',
        cursor === null ? query : { ...query, cursor },
      );
      expect(body.total).toBe(matching.length);
      seen.push(...body.data.map(({ id }) => id));
      cursor = body.meta.next_cursor;
    }
    expect(seen).toEqual(matching);
    const found = async (query: Query) =>
      (await client.get<ListResponse<Conversation>>('/v1/conversations', { q: 'courier', ...query })).body;
    expect(await found({ status: 'resolved' })).toMatchObject({ total: 1, data: [{ id: matching[3] }] });
    expect((await found({ order_by: 'created_at', offset: 20, limit: 20 })).data.map(({ id }) => id)).toEqual(
      matching.slice(0, 4).reverse(),
    );
    expect(
      (await found({ q: 'courier late', order_by: 'waiting_since', limit: 100 })).data.every(
        ({ subject }) => subject !== 'Courier',
      ),
    ).toBe(true);
  });

  it('should return 400 with the field name when a parameter is not valid', async () => {
    const rejected = async (query: Query) => getError(await workspace.client.get('/v1/conversations', query));
    for (const [field, value] of [
      ['status', 'lost'],
      ['assignee', 'unknown'],
      ['team', 'mine'],
      ['status', ''],
      ['zz_unknown', '1'],
      ['order_by', 'subject'],
      ['contact', 'x'],
      ['created_after', 'yesterday'],
    ] as const) {
      expect(await rejected({ [field]: value })).toMatchObject({
        status: 400,
        details: { [field]: expect.arrayContaining([expect.stringContaining(field)]) },
      });
    }
  });

  it("should return the conversations of the caller's teams when team is me", async () => {
    expect(await positionsOf({ team: 'me' })).toEqual([]);
    await workspace.client.post(`/v1/teams/${team.id}/members`, { user_id: workspace.userId });
    expect(await positionsOf({ team: 'me' })).toEqual(listAll(2));
    expect(await positionsOf({ team: 'me,none' })).toHaveLength(CREATED);
    await workspace.client.delete(`/v1/teams/${team.id}/members/${workspace.userId}`);
  });

  it('should find conversations and messages by external_id', async () => {
    const [external_id, message_external_id] = [randomUUID(), randomUUID()];
    const [item, outsider] = await Promise.all([registerWorkspace(), registerWorkspace()]);
    const { id } = await createConversation(item.client, {
      external_id,
      message: { body: 'Hello', external_id: message_external_id },
    });
    await createConversation(item.client);
    const found = async <T>(path: string, expected: string, client = item.client) =>
      (await client.get<ListResponse<T>>(path, { external_id: expected })).body.data;
    expect(await found<Conversation>('/v1/conversations', external_id)).toMatchObject([{ id, external_id }]);
    expect(await found<Message>('/v1/messages', message_external_id)).toMatchObject([
      { conversation_id: id, body: 'Hello' },
    ]);
    for (const path of ['/v1/conversations', '/v1/messages']) expect(await found(path, randomUUID())).toEqual([]);
    expect([
      await found('/v1/conversations', external_id, outsider.client),
      await found('/v1/messages', message_external_id, outsider.client),
    ]).toEqual([[], []]);
  });

  it('should return 400 when a service key filters by me', async () => {
    const { client } = await createApiKey(workspace);
    for (const field of ['assignee', 'team'])
      expect(getError(await client.get('/v1/conversations', { [field]: 'me' }))).toMatchObject({
        status: 400,
        details: { [field]: [expect.any(String)] },
      });
  });
});

describe('order', () => {
  it('should sort by last activity, most recent first, when order_by is not set', async () => {
    expect((await getPage()).data[0]!.id).toBe(createdIds[1]!.id);
    expect((await getPage({ order_dir: 'asc' })).data[0]!.id).toBe(createdIds[0]!.id);
    expect((await getPage({ order_by: 'created_at' })).data.map(({ id }) => id)).toEqual(
      createdIds.map(({ id }) => id).reverse(),
    );
  });
});

describe('priority and waiting_since order', () => {
  it('should sort by urgency and then by last activity across pages when order_by is priority', async () => {
    const { client } = await registerWorkspace();
    const created: Conversation[] = [];
    for (const priority of ['low', 'urgent', 'none', 'normal', 'urgent', 'high'])
      created.push(await createConversation(client, { priority }));
    const expected = [4, 1, 5, 3, 0, 2].map((index) => created[index]!.id);
    const pages = [
      (await client.get<ListResponse<Conversation>>('/v1/conversations', { order_by: 'priority', limit: 4 })).body,
    ];
    pages.push(
      (
        await client.get<ListResponse<Conversation>>('/v1/conversations', {
          order_by: 'priority',
          limit: 4,
          cursor: pages[0]!.meta.next_cursor!,
        })
      ).body,
    );
    expect(pages.flatMap(({ data }) => data.map(({ id }) => id))).toEqual(expected);
  });

  it('should list only waiting conversations by waiting time when order_by is waiting_since', async () => {
    const { client } = await registerWorkspace();
    const created = [
      await createConversation(client),
      await createConversation(client),
      await createConversation(client),
    ];
    await createMessage(client, created[1]!.id);
    const { body } = await client.get<ListResponse<Conversation>>('/v1/conversations', {
      order_by: 'waiting_since',
      order_dir: 'asc',
    });
    expect(body.data.map(({ id }) => id)).toEqual([created[0]!.id, created[2]!.id]);
    expect(body.total).toBe(2);
  });
});

describe('paging', () => {
  const order = { order_by: 'created_at', order_dir: 'asc' } as const;

  function listed(pages: readonly ListResponse<Conversation>[]): string[] {
    return pages.flatMap(({ data }) => data.map(({ id }) => id));
  }

  it('should page by limit and offset', async () => {
    const pages = await Promise.all([0, 5, 10].map((offset) => getPage({ ...order, limit: 5, offset })));
    expect(listed(pages)).toEqual(createdIds.map(({ id }) => id));
    expect(pages.map(({ meta }) => [meta.offset, meta.current_page, meta.has_more])).toEqual([
      [0, 1, true],
      [5, 2, true],
      [10, 3, false],
    ]);
    expect(pages[0]).toMatchObject({ total: CREATED, meta: { total: CREATED, limit: 5 } });
  });

  it('should page by page and per_page', async () => {
    const pages = await Promise.all([1, 2, 3].map((number) => getPage({ ...order, per_page: 5, page: number })));
    expect(listed(pages)).toEqual(createdIds.map(({ id }) => id));
    expect(pages[2]!.meta).toMatchObject({ current_page: 3, offset: 10, has_more: false, next_cursor: null });
    expect((await getPage({ ...order, page: 4, per_page: 5 })).data).toEqual([]);
  });

  it('should not lose or repeat conversations when new ones arrive between cursor pages', async () => {
    const pages = [await getPage({ ...order, limit: 5 })];
    const latest = await createConversation(workspace.client);
    for (let cursor = pages[0]!.meta.next_cursor; cursor !== null; cursor = pages.at(-1)!.meta.next_cursor)
      pages.push(await getPage({ ...order, limit: 5, cursor }));
    expect(listed(pages)).toEqual([...createdIds, latest].map(({ id }) => id));
    expect(pages[1]!.meta).toMatchObject({ offset: null, current_page: null });
  });

  it('should return 400 when a cursor was issued for other filters, another order, list or workspace', async () => {
    const cursor = (await getPage({ ...order, limit: 5 })).meta.next_cursor!;
    const { client } = await registerWorkspace();
    const rejections = [
      await workspace.client.get('/v1/conversations', { ...order, cursor, status: 'open' }),
      await workspace.client.get('/v1/conversations', { ...order, order_dir: 'desc', cursor }),
      await workspace.client.get('/v1/contacts', { cursor, order_dir: 'asc' }),
      await client.get('/v1/conversations', { ...order, cursor }),
      await workspace.client.get('/v1/conversations', { cursor: 'bm90IGEgY3Vyc29y' }),
    ];
    for (const rejection of rejections)
      expect(getError(rejection)).toMatchObject({ status: 400, details: { cursor: [expect.any(String)] } });
  });

  it('should return 400 when paging parameters are mixed or out of range', async () => {
    const invalid: Query[] = [
      { limit: 5, page: 1 },
      { limit: 101 },
      { per_page: 101 },
      { limit: 0 },
      { offset: -1 },
      { page: 0 },
    ];
    for (const query of invalid) {
      expect(getError(await workspace.client.get('/v1/conversations', query)).status).toBe(400);
    }
  });
});

it('should not return conversations of another workspace', async () => {
  const { client } = await registerWorkspace();
  expect((await client.get<ListResponse<Conversation>>('/v1/conversations')).body).toMatchObject({
    data: [],
    total: 0,
  });
  expect((await client.get<ListResponse<Conversation>>('/v1/conversations', { tag: 'billing' })).body.data).toEqual([]);
});
