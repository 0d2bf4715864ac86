import { randomUUID } from 'node:crypto';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeTeam } from '../factories/team.js';
import { apiKey, refusalOf, register, type Workspace } from '../support/client.js';
import type { Conversation, Many, Message, Team } from '../support/wire.js';

type Query = Record<string, string | number>;

const MADE = 12;

let workspace: Workspace;
let team: Team;
/** Oldest first. */
let made: Conversation[];

beforeAll(async () => {
  workspace = await register();
  team = await makeTeam(workspace.client);
  made = [];
  for (let index = 0; index < MADE; index += 1) {
    const fields = [
      {},
      { assignee_id: workspace.userId },
      { team_id: team.id, priority: 'high' },
      { tags: ['billing'], channel: 'email' },
    ][index % 4]!;
    made.push(await makeConversation(workspace.client, { subject: `Number ${index}`, ...fields }));
  }
  await workspace.client.post(`/v1/conversations/${made[0]!.id}/resolve`);
  await makeMessage(workspace.client, made[1]!.id);
});

async function page(query: Query = {}): Promise<Many<Conversation>> {
  const { status, body } = await workspace.client.get<Many<Conversation>>('/v1/conversations', query);
  expect(status).toBe(200);
  return body;
}

async function places(query: Query): Promise<number[]> {
  return (await page({ limit: 100, order_by: 'created_at', order_dir: 'asc', ...query })).data.map(({ id }) =>
    made.findIndex((one) => one.id === id),
  );
}

function every(remainder: number): number[] {
  return made.map((_one, index) => index).filter((index) => index % 4 === remainder);
}

describe('filters', () => {
  it('should narrow by each field', async () => {
    expect(await places({ status: 'resolved' })).toEqual([0]);
    expect(await places({ status: 'open,pending' })).toHaveLength(MADE - 1);
    expect(await places({ priority: 'high,urgent' })).toEqual(every(2));
    expect(await places({ channel: 'email' })).toEqual(every(3));
    expect(await places({ assignee: 'me' })).toEqual(every(1));
    expect(await places({ assignee: workspace.userId.toUpperCase() })).toEqual(every(1));
    expect(await places({ assignee: 'none' })).toHaveLength(MADE - every(1).length);
    expect(await places({ assignee: 'none,me' })).toHaveLength(MADE);
    expect(await places({ team: team.id })).toEqual(every(2));
    expect(await places({ inbox: 'none' })).toHaveLength(MADE);
    expect(await places({ contact: made[5]!.contact.id })).toEqual([5]);
    expect(await places({ contact: `${made[5]!.contact.id},${made[7]!.contact.id}` })).toEqual([5, 7]);
    expect(await places({ tag: 'billing,other' })).toEqual(every(3));
    expect(await places({ unread: 'false' })).toEqual([0, 1]);
    expect(await places({ unattended: 'false' })).toEqual([0, 1]);
    expect(await places({ created_after: made[6]!.created_at, created_before: made[8]!.created_at })).toEqual(
      expect.arrayContaining([6, 7]),
    );
    expect(await places({ status: 'open', priority: 'high', team: team.id, unread: 'true' })).toEqual(every(2));
  });

  it('should find words in the subject or in what was said, and numbers', async () => {
    const { client } = await register();
    const said = await makeConversation(client, { subject: 'Other', message: { body: 'The zeppelin has landed' } });
    const titled = await makeConversation(client, { subject: 'Zeppelin fares' });
    const found = async (query: Query) =>
      (
        await client.get<Many<Conversation>>('/v1/conversations', {
          order_by: 'created_at',
          order_dir: 'asc',
          ...query,
        })
      ).body.data.map(({ id }) => id);
    for (const q of ['zeppelin', 'zepp', 'ZEPPELIN']) expect(await found({ q })).toEqual([said.id, titled.id]);
    expect(await found({ q: 'zeppelin -fares' })).toEqual([said.id]);
    expect(await found({ q: 'zeppelin', status: 'resolved' })).toEqual([]);
    expect(await found({ q: `#${titled.number}` })).toEqual([titled.id]);
    expect(await found({ q: '#999999' })).toEqual([]);
    expect(await found({ q: '?!' })).toEqual([]);
    expect(
      (await client.get<Many<Conversation>>('/v1/conversations', { q: 'zeppelin', limit: 1 })).body.meta,
    ).toMatchObject({ total: 2, has_more: true });
    expect((await page({ q: 'zeppelin' })).data).toEqual([]);
  });

  it('should find words that are in most conversations, page by page, as it finds rare ones', async () => {
    const { client } = await register();
    const met: string[] = [];
    for (let index = 0; index < 32; index += 1) {
      const { id } = await makeConversation(
        client,
        index % 4 === 0
          ? { subject: 'Courier' }
          : { message: { body: index % 4 === 1 ? 'Nothing new' : 'The courier is late' } },
      );
      if (index % 4 !== 1) met.push(id);
    }
    const deleted = await makeMessage(client, met[1]!, { body: 'Courier!' });
    await client.delete(`/v1/messages/${deleted.id}`);
    await client.post(`/v1/conversations/${met[3]!}/resolve`);
    const seen: string[] = [];
    for (let cursor: string | null = null; seen.length === 0 || cursor !== null;) {
      const query: Query = { q: 'couri', order_by: 'created_at', order_dir: 'asc', limit: 7 };
      const { body }: { body: Many<Conversation> } = await client.get(
        '/v1/conversations',
        cursor === null ? query : { ...query, cursor },
      );
      expect(body.total).toBe(met.length);
      seen.push(...body.data.map(({ id }) => id));
      cursor = body.meta.next_cursor;
    }
    expect(seen).toEqual(met);
    const found = async (query: Query) =>
      (await client.get<Many<Conversation>>('/v1/conversations', { q: 'courier', ...query })).body;
    expect(await found({ status: 'resolved' })).toMatchObject({ total: 1, data: [{ id: met[3] }] });
    expect((await found({ order_by: 'created_at', offset: 20, limit: 20 })).data.map(({ id }) => id)).toEqual(
      met.slice(0, 4).reverse(),
    );
    expect(
      (await found({ q: 'courier late', order_by: 'waiting_since', limit: 100 })).data.every(
        ({ subject }) => subject !== 'Courier',
      ),
    ).toBe(true);
  });

  it('should refuse what is no word of theirs, by name', async () => {
    const refused = async (query: Query) => refusalOf(await workspace.client.get('/v1/conversations', query));
    for (const [field, value] of [
      ['status', 'lost'],
      ['assignee', 'somebody'],
      ['team', 'mine'],
      ['status', ''],
      ['zz_unknown', '1'],
      ['order_by', 'subject'],
      ['contact', 'x'],
      ['created_after', 'yesterday'],
    ] as const) {
      expect(await refused({ [field]: value })).toMatchObject({
        status: 400,
        details: { [field]: expect.arrayContaining([expect.stringContaining(field)]) },
      });
    }
  });

  it('should show what the teams of the caller have', async () => {
    expect(await places({ team: 'me' })).toEqual([]);
    await workspace.client.post(`/v1/teams/${team.id}/members`, { user_id: workspace.userId });
    expect(await places({ team: 'me' })).toEqual(every(2));
    expect(await places({ team: 'me,none' })).toHaveLength(MADE);
    await workspace.client.delete(`/v1/teams/${team.id}/members/${workspace.userId}`);
  });

  it('should find a conversation and a message by the ids that others gave them', async () => {
    const [external_id, said_id] = [randomUUID(), randomUUID()];
    const [one, stranger] = await Promise.all([register(), register()]);
    const { id } = await makeConversation(one.client, {
      external_id,
      message: { body: 'Hello', external_id: said_id },
    });
    await makeConversation(one.client);
    const found = async <T>(path: string, wanted: string, client = one.client) =>
      (await client.get<Many<T>>(path, { external_id: wanted })).body.data;
    expect(await found<Conversation>('/v1/conversations', external_id)).toMatchObject([{ id, external_id }]);
    expect(await found<Message>('/v1/messages', said_id)).toMatchObject([{ conversation_id: id, body: 'Hello' }]);
    for (const path of ['/v1/conversations', '/v1/messages']) expect(await found(path, randomUUID())).toEqual([]);
    expect([
      await found('/v1/conversations', external_id, stranger.client),
      await found('/v1/messages', said_id, stranger.client),
    ]).toEqual([[], []]);
  });

  it('should not take `me` from a service key, which is nobody', async () => {
    const { client } = await apiKey(workspace);
    for (const field of ['assignee', 'team'])
      expect(refusalOf(await client.get('/v1/conversations', { [field]: 'me' }))).toMatchObject({
        status: 400,
        details: { [field]: [expect.any(String)] },
      });
  });
});

describe('order', () => {
  it('should be the latest activity unless told otherwise', async () => {
    expect((await page()).data[0]!.id).toBe(made[1]!.id);
    expect((await page({ order_dir: 'asc' })).data[0]!.id).toBe(made[0]!.id);
    expect((await page({ order_by: 'created_at' })).data.map(({ id }) => id)).toEqual(
      made.map(({ id }) => id).reverse(),
    );
  });
});

describe('orders of their own', () => {
  it('should be the most urgent first, then the latest activity, across pages', async () => {
    const { client } = await register();
    const made: Conversation[] = [];
    for (const priority of ['low', 'urgent', 'none', 'normal', 'urgent', 'high'])
      made.push(await makeConversation(client, { priority }));
    const expected = [4, 1, 5, 3, 0, 2].map((index) => made[index]!.id);
    const pages = [
      (await client.get<Many<Conversation>>('/v1/conversations', { order_by: 'priority', limit: 4 })).body,
    ];
    pages.push(
      (
        await client.get<Many<Conversation>>('/v1/conversations', {
          order_by: 'priority',
          limit: 4,
          cursor: pages[0]!.meta.next_cursor!,
        })
      ).body,
    );
    expect(pages.flatMap(({ data }) => data.map(({ id }) => id))).toEqual(expected);
  });

  it('should be how long the customer waits, among those who do', async () => {
    const { client } = await register();
    const made = [await makeConversation(client), await makeConversation(client), await makeConversation(client)];
    await makeMessage(client, made[1]!.id);
    const { body } = await client.get<Many<Conversation>>('/v1/conversations', {
      order_by: 'waiting_since',
      order_dir: 'asc',
    });
    expect(body.data.map(({ id }) => id)).toEqual([made[0]!.id, made[2]!.id]);
    expect(body.total).toBe(2);
  });
});

describe('paging', () => {
  const order = { order_by: 'created_at', order_dir: 'asc' } as const;

  function walked(pages: readonly Many<Conversation>[]): string[] {
    return pages.flatMap(({ data }) => data.map(({ id }) => id));
  }

  it('should go by limit and offset', async () => {
    const pages = await Promise.all([0, 5, 10].map((offset) => page({ ...order, limit: 5, offset })));
    expect(walked(pages)).toEqual(made.map(({ id }) => id));
    expect(pages.map(({ meta }) => [meta.offset, meta.current_page, meta.has_more])).toEqual([
      [0, 1, true],
      [5, 2, true],
      [10, 3, false],
    ]);
    expect(pages[0]).toMatchObject({ total: MADE, meta: { total: MADE, limit: 5 } });
  });

  it('should go by page and per_page', async () => {
    const pages = await Promise.all([1, 2, 3].map((number) => page({ ...order, per_page: 5, page: number })));
    expect(walked(pages)).toEqual(made.map(({ id }) => id));
    expect(pages[2]!.meta).toMatchObject({ current_page: 3, offset: 10, has_more: false, next_cursor: null });
    expect((await page({ ...order, page: 4, per_page: 5 })).data).toEqual([]);
  });

  it('should go by cursor, and not lose or repeat anything while others come', async () => {
    const pages = [await page({ ...order, limit: 5 })];
    const late = await makeConversation(workspace.client);
    for (let cursor = pages[0]!.meta.next_cursor; cursor !== null; cursor = pages.at(-1)!.meta.next_cursor)
      pages.push(await page({ ...order, limit: 5, cursor }));
    expect(walked(pages)).toEqual([...made, late].map(({ id }) => id));
    expect(pages[1]!.meta).toMatchObject({ offset: null, current_page: null });
  });

  it('should refuse a cursor of other filters, another order, another list or another workspace', async () => {
    const cursor = (await page({ ...order, limit: 5 })).meta.next_cursor!;
    const { client } = await register();
    const refusals = [
      await workspace.client.get('/v1/conversations', { ...order, cursor, status: 'open' }),
      await workspace.client.get('/v1/conversations', { ...order, order_dir: 'desc', cursor }),
      await workspace.client.get('/v1/contacts', { cursor, order_dir: 'asc' }),
      await client.get('/v1/conversations', { ...order, cursor }),
      await workspace.client.get('/v1/conversations', { cursor: 'bm90IGEgY3Vyc29y' }),
    ];
    for (const refusal of refusals)
      expect(refusalOf(refusal)).toMatchObject({ status: 400, details: { cursor: [expect.any(String)] } });
  });

  it('should refuse ways that are mixed, and pages that are too large', async () => {
    const wrong: Query[] = [
      { limit: 5, page: 1 },
      { limit: 101 },
      { per_page: 101 },
      { limit: 0 },
      { offset: -1 },
      { page: 0 },
    ];
    for (const query of wrong) {
      expect(refusalOf(await workspace.client.get('/v1/conversations', query)).status).toBe(400);
    }
  });
});

it('should not show conversations of another workspace', async () => {
  const { client } = await register();
  expect((await client.get<Many<Conversation>>('/v1/conversations')).body).toMatchObject({ data: [], total: 0 });
  expect((await client.get<Many<Conversation>>('/v1/conversations', { tag: 'billing' })).body.data).toEqual([]);
});
