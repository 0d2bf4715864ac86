import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeConversation } from '../factories/conversation.js';
import { makeMember } from '../factories/member.js';
import { apiKey, dataOf, refusalOf, register, type Answer, type Client, type Workspace } from '../support/client.js';
import type { Conversation, Many, One } from '../support/wire.js';

interface Bulk {
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
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

function change(body: object, { client } = workspace): Promise<Answer<One<Bulk>>> {
  return client.post<One<Bulk>>('/v1/conversations/bulk', body);
}

async function get(id: string): Promise<Conversation> {
  return dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`));
}

describe('POST /v1/conversations/bulk', () => {
  it('should change each, and tell of each that could not be', async () => {
    const [open, closed] = [
      await makeConversation(workspace.client, { tags: ['a'] }),
      await makeConversation(workspace.client),
    ];
    await workspace.client.post(`/v1/conversations/${closed.id}/close`);
    const unknown = randomUUID();
    const answer = await change({
      ids: [open.id, closed.id, unknown, open.id],
      update: { status: 'pending', add_tags: ['b'], remove_tags: ['a'] },
    });
    expect(answer.status).toBe(200);
    const done = dataOf(answer);
    expect(done).toMatchObject({ status: 'completed', total: 3, succeeded: 1, failed: 2 });
    expect(Object.fromEntries(done.results.map(({ id, status, error }) => [id, [status, error?.code]]))).toEqual({
      [open.id]: ['updated', undefined],
      [closed.id]: ['failed', 'UNPROCESSABLE'],
      [unknown]: ['failed', 'NOT_FOUND'],
    });
    expect(await get(open.id)).toMatchObject({ status: 'pending', tags: ['b'] });
    expect(await get(closed.id)).toMatchObject({ status: 'closed', tags: [] });
    expect(dataOf(await workspace.client.get<One<Bulk>>(`/v1/conversations/bulk/${done.id}`))).toEqual(done);
  });

  it('should take a filter, alone or over ids', async () => {
    const owner = await register();
    const made = [
      await makeConversation(owner.client, { priority: 'high' }),
      await makeConversation(owner.client),
      await makeConversation(owner.client, { priority: 'high' }),
    ];
    const filter = { field: 'priority', operator: 'equals', value: 'high' };
    expect(
      dataOf(await change({ ids: [made[0]!.id, made[1]!.id], filter, update: { assignee_id: owner.userId } }, owner)),
    ).toMatchObject({ total: 1, results: [{ id: made[0]!.id }] });
    expect(dataOf(await change({ filter, update: { priority: 'urgent' } }, owner))).toMatchObject({
      total: 2,
      succeeded: 2,
    });
    expect(dataOf(await change({ filter, update: { priority: 'low' } }, owner))).toMatchObject({
      total: 0,
      status: 'completed',
      results: [],
    });
  });

  it('should leave many to a job, and tell how far it is', async () => {
    const { id } = await makeConversation(workspace.client);
    const ids = [id, ...Array.from({ length: 500 }, () => randomUUID())];
    const answer = await change({ ids, update: { priority: 'urgent' } });
    expect([answer.status, answer.body.data.status]).toEqual([202, 'running']);
    const done = await eventually(
      async () => {
        const { data } = (await workspace.client.get<One<Bulk>>(`/v1/conversations/bulk/${answer.body.data.id}`)).body;
        return data.status === 'completed' && data;
      },
      { timeoutMs: 20_000 },
    );
    expect(done).toMatchObject({ total: 501, succeeded: 1, failed: 500 });
    expect((await get(id)).priority).toBe('urgent');
  }, 40_000);

  it('should be done once under one Idempotency-Key, rows and answer together', async () => {
    const { id } = await makeConversation(workspace.client);
    const call = () =>
      workspace.client.post<One<Bulk>>(
        '/v1/conversations/bulk',
        { ids: [id, randomUUID()].slice(0, 1), update: { priority: 'low' } },
        { 'idempotency-key': `bulk-${id}` },
      );
    const [first, second] = [await call(), await call()];
    expect(second.body).toEqual(first.body);
    expect((await get(id)).version).toBe(2);
  });

  it('should refuse what can be seen at once', async () => {
    const { id } = await makeConversation(workspace.client);
    const refused = async (body: object): Promise<object> => refusalOf(await change(body));
    expect(await refused({ update: { priority: 'low' } })).toMatchObject({
      status: 400,
      details: { ids: [expect.any(String)] },
    });
    expect(await refused({ ids: [id], update: {} })).toMatchObject({
      status: 400,
      details: { update: [expect.any(String)] },
    });
    expect(
      await refused({
        filter: { all: [{ field: 'colour', operator: 'equals', value: 'red' }] },
        update: { priority: 'low' },
      }),
    ).toMatchObject({ status: 400, details: { 'filter.all[0].field': [expect.any(String)] } });
    for (const filter of [null, [], 'all'])
      expect(await refused({ filter, update: { priority: 'low' } })).toMatchObject({
        status: 400,
        details: { filter: [expect.any(String)] },
      });
    expect(await refused({ ids: [id], update: { assignee_id: randomUUID() } })).toMatchObject({ status: 422 });
    expect(await refused({ ids: [id], update: { status: 'lost' } })).toMatchObject({
      status: 400,
      details: { 'update.status': [expect.any(String)] },
    });
  });

  it('should not change or show anything of another workspace', async () => {
    const [ours, theirs] = [await makeConversation(workspace.client), await makeConversation(other.client)];
    expect(refusalOf(await change({ ids: [theirs.id], update: { priority: 'low' } })).status).toBe(422);
    expect(
      dataOf(await change({ ids: [ours.id, theirs.id], update: { priority: 'low' } })).results.find(
        ({ id }) => id === theirs.id,
      ),
    ).toMatchObject({ status: 'failed', error: { code: 'NOT_FOUND' } });
    const { id } = dataOf(await change({ ids: [theirs.id], update: { priority: 'high' } }, other));
    expect(refusalOf(await workspace.client.get(`/v1/conversations/bulk/${id}`)).status).toBe(404);
    expect(dataOf(await other.client.get<One<Conversation>>(`/v1/conversations/${theirs.id}`)).priority).toBe('high');
  });
});

describe('POST /v1/conversations/filter', () => {
  it('should take me for who calls, and none for nobody', async () => {
    const { client, userId } = await register();
    const member = await makeMember({ client } as Workspace);
    const [mine, theirs, nobodys] = [
      await makeConversation(client, { assignee_id: 'me' }),
      await makeConversation(client, { assignee_id: member.userId }),
      await makeConversation(client),
    ];
    expect(mine.assignee!.id).toBe(userId);
    const found = async (operator: string, value: unknown, caller: Client = client) => {
      const filter = {
        all: [
          { field: 'status', operator: 'equals', value: 'open' },
          { field: 'assignee_id', operator, value },
        ],
      };
      return (
        await caller.post<Many<Conversation>>('/v1/conversations/filter', {
          filter,
          order_by: 'created_at',
          order_dir: 'asc',
        })
      ).body.data.map(({ id }) => id);
    };
    expect(await found('equals', 'me')).toEqual([mine.id]);
    expect(await found('equals', 'me', member.client)).toEqual([theirs.id]);
    expect(await found('in', ['me', 'none'])).toEqual([mine.id, nobodys.id]);
    expect(await found('not_in', ['me', 'none'])).toEqual([theirs.id]);
    expect(await found('not_equals', 'none')).toEqual([mine.id, theirs.id]);
    const filter = { field: 'assignee_id', operator: 'equals', value: 'me' };
    expect(
      dataOf(
        await client.post<One<{ succeeded: number }>>('/v1/conversations/bulk', {
          filter,
          update: { assignee_id: member.userId },
        }),
      ).succeeded,
    ).toBe(1);
    expect(await found('equals', 'me')).toEqual([]);
  });

  it('should tell a service, which is nobody, where it said me', async () => {
    const { client } = await apiKey(workspace);
    const filter = {
      all: [
        { field: 'priority', operator: 'equals', value: 'low' },
        { field: 'assignee_id', operator: 'in', value: ['me'] },
      ],
    };
    for (const [path, body] of [
      ['/v1/conversations/filter', { filter }],
      ['/v1/conversations/bulk', { filter, update: { priority: 'high' } }],
    ] as const) {
      expect(refusalOf(await client.post(path, body))).toMatchObject({
        status: 400,
        details: { 'filter.all[1].value': [expect.stringContaining('service')] },
      });
    }
    const team = { field: 'team_id', operator: 'in', value: ['none', 'somebody'] };
    expect(refusalOf(await workspace.client.post('/v1/conversations/filter', { filter: team }))).toMatchObject({
      status: 400,
      details: { 'filter.value[1]': [expect.any(String)] },
    });
  });

  it('should find by fields of the conversation and its customer, page by page', async () => {
    const { client } = await register();
    const made: Conversation[] = [];
    for (let index = 0; index < 5; index += 1)
      made.push(
        await makeConversation(client, {
          tags: index % 2 === 0 ? ['even'] : [],
          contact: { email: `user-${index}-${randomUUID()}@${index < 3 ? 'acme' : 'other'}.example` },
          custom_fields: { plan: index },
        }),
      );
    const filter = {
      all: [
        { field: 'contact.email', operator: 'ends_with', value: '@acme.example' },
        {
          any: [
            { field: 'tags', operator: 'contains', value: 'even' },
            { field: 'custom_fields.plan', operator: 'equals', value: 1 },
          ],
        },
      ],
    };
    const find = async (body: object): Promise<Many<Conversation>> =>
      (
        await client.post<Many<Conversation>>('/v1/conversations/filter', {
          filter,
          order_by: 'created_at',
          order_dir: 'asc',
          ...body,
        })
      ).body;
    expect((await find({})).data.map(({ id }) => id)).toEqual(made.slice(0, 3).map(({ id }) => id));
    const first = await find({ limit: 2 });
    expect(first).toMatchObject({ total: 3, meta: { has_more: true } });
    expect((await find({ limit: 2, cursor: first.meta.next_cursor })).data.map(({ id }) => id)).toEqual([made[2]!.id]);
    expect(
      refusalOf(await client.post('/v1/conversations/filter', { filter: { all: [] }, cursor: first.meta.next_cursor }))
        .status,
    ).toBe(400);
    expect((await workspace.client.post<Many<Conversation>>('/v1/conversations/filter', { filter })).body.data).toEqual(
      [],
    );
  });

  it('should need no more than the right to read', async () => {
    const { client } = await apiKey(workspace, ['conversations:read']);
    expect((await client.post('/v1/conversations/filter', { filter: { all: [] } })).status).toBe(200);
    expect(
      refusalOf(await client.post('/v1/conversations/bulk', { filter: { all: [] }, update: { priority: 'low' } }))
        .status,
    ).toBe(403);
  });
});
