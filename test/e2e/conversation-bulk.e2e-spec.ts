import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createConversation } from '../factories/conversation.js';
import { createMember } from '../factories/member.js';
import {
  createApiKey,
  getData,
  getError,
  registerWorkspace,
  type ApiResponse,
  type Client,
  type Workspace,
} from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ListResponse, ItemResponse } from '../support/wire.js';

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
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

function updateInBulk(body: object, { client } = workspace): Promise<ApiResponse<ItemResponse<Bulk>>> {
  return client.post<ItemResponse<Bulk>>('/v1/conversations/bulk', body);
}

async function get(id: string): Promise<Conversation> {
  return getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`));
}

describe('POST /v1/conversations/bulk', () => {
  it.each([
    [
      'IDs',
      { priority: 'low', add_tags: ['b'], custom_fields: { plan: 'pro' } },
      null,
      { priority: [null, 'low'], add_tags: [null, ['b']], 'custom_fields.plan': [null, 'pro'] },
    ],
    ['a filter', { subject: null }, { field: 'tags', operator: 'contains', value: 'here' }, { subject: [null, null] }],
  ])(
    'should publish one event with the filtered fields and the requested values when %s select',
    async (_, update, filter, changed) => {
      const caller = await registerWorkspace();
      const { id } = await createConversation(caller.client, { tags: ['here'] });
      const { id: bulkId } = getData(await updateInBulk({ ...(filter ? { filter } : { ids: [id] }), update }, caller));
      const events = (await listEvents(caller.client)).filter(({ subject_id }) => subject_id === bulkId);
      expect(events).toEqual([
        expect.objectContaining({
          type: 'conversation_bulk_update.started',
          actor: { kind: 'user', id: caller.userId },
          data: { filter_fields: filter ? ['tags'] : [], changed, conversation_count: 1 },
        }),
      ]);
    },
  );

  it('should update each conversation and report those that failed', async () => {
    const [open, closed] = [
      await createConversation(workspace.client, { tags: ['a'] }),
      await createConversation(workspace.client),
    ];
    await workspace.client.post(`/v1/conversations/${closed.id}/close`);
    const unknown = randomUUID();
    const response = await updateInBulk({
      ids: [open.id, closed.id, unknown, open.id],
      update: { status: 'pending', add_tags: ['b'], remove_tags: ['a'] },
    });
    expect(response.status).toBe(200);
    const done = getData(response);
    expect(done).toMatchObject({ status: 'completed', total: 3, succeeded: 1, failed: 2 });
    expect(Object.fromEntries(done.results.map(({ id, status, error }) => [id, [status, error?.code]]))).toEqual({
      [open.id]: ['updated', undefined],
      [closed.id]: ['failed', 'UNPROCESSABLE'],
      [unknown]: ['failed', 'NOT_FOUND'],
    });
    expect(await get(open.id)).toMatchObject({ status: 'pending', tags: ['b'] });
    expect(await get(closed.id)).toMatchObject({ status: 'closed', tags: [] });
    const found = getData(await workspace.client.get<ItemResponse<Bulk>>(`/v1/conversations/bulk/${done.id}`));
    expect(done).toEqual({ ...found, dry_run: false, sample: null });
  });

  it('should update the conversations that match a filter, within the given ids if there are any', async () => {
    const owner = await registerWorkspace();
    const created = [
      await createConversation(owner.client, { priority: 'high' }),
      await createConversation(owner.client),
      await createConversation(owner.client, { priority: 'high' }),
    ];
    const filter = { field: 'priority', operator: 'equals', value: 'high' };
    expect(
      getData(
        await updateInBulk(
          { ids: [created[0]!.id, created[1]!.id], filter, update: { assignee_id: owner.userId } },
          owner,
        ),
      ),
    ).toMatchObject({ total: 1, results: [{ id: created[0]!.id }] });
    expect(getData(await updateInBulk({ filter, update: { priority: 'urgent' } }, owner))).toMatchObject({
      total: 2,
      succeeded: 2,
    });
    expect(getData(await updateInBulk({ filter, update: { priority: 'low' } }, owner))).toMatchObject({
      total: 0,
      status: 'completed',
      results: [],
    });
  });

  it('should return 202 and report the progress when more than 500 conversations are given', async () => {
    const { id } = await createConversation(workspace.client);
    const ids = [id, ...Array.from({ length: 500 }, () => randomUUID())];
    const response = await updateInBulk({ ids, update: { priority: 'urgent' } });
    expect([response.status, response.body.data.status]).toEqual([202, 'running']);
    const done = await eventually(
      async () => {
        const { data } = (
          await workspace.client.get<ItemResponse<Bulk>>(`/v1/conversations/bulk/${response.body.data.id}`)
        ).body;
        return data.status === 'completed' && data;
      },
      { timeoutMs: 20_000 },
    );
    expect(done).toMatchObject({ total: 501, succeeded: 1, failed: 500 });
    expect((await get(id)).priority).toBe('urgent');
  }, 40_000);

  it('should update once when the same Idempotency-Key is sent twice', async () => {
    const { id } = await createConversation(workspace.client);
    const call = () =>
      workspace.client.post<ItemResponse<Bulk>>(
        '/v1/conversations/bulk',
        { ids: [id, randomUUID()].slice(0, 1), update: { priority: 'low' } },
        { 'idempotency-key': `bulk-${id}` },
      );
    const [first, second] = [await call(), await call()];
    expect(second.body).toEqual(first.body);
    expect((await get(id)).version).toBe(2);
  });

  it('should return 400 or 422 when the request is not valid', async () => {
    const { id } = await createConversation(workspace.client);
    const rejected = async (body: object): Promise<object> => getError(await updateInBulk(body));
    expect(await rejected({ update: { priority: 'low' } })).toMatchObject({
      status: 400,
      details: { ids: [expect.any(String)] },
    });
    expect(await rejected({ ids: [id], update: {} })).toMatchObject({
      status: 400,
      details: { update: [expect.any(String)] },
    });
    expect(
      await rejected({
        filter: { all: [{ field: 'colour', operator: 'equals', value: 'red' }] },
        update: { priority: 'low' },
      }),
    ).toMatchObject({ status: 400, details: { 'filter.all[0].field': [expect.any(String)] } });
    for (const filter of [null, [], 'all'])
      expect(await rejected({ filter, update: { priority: 'low' } })).toMatchObject({
        status: 400,
        details: { filter: [expect.any(String)] },
      });
    expect(await rejected({ ids: [id], update: { assignee_id: randomUUID() } })).toMatchObject({ status: 422 });
    expect(await rejected({ ids: [id], update: { status: 'lost' } })).toMatchObject({
      status: 400,
      details: { 'update.status': [expect.any(String)] },
    });
  });

  it('should not update or return anything of another workspace', async () => {
    const [own, foreign] = [await createConversation(workspace.client), await createConversation(other.client)];
    expect(getError(await updateInBulk({ ids: [foreign.id], update: { priority: 'low' } })).status).toBe(422);
    expect(
      getData(await updateInBulk({ ids: [own.id, foreign.id], update: { priority: 'low' } })).results.find(
        ({ id }) => id === foreign.id,
      ),
    ).toMatchObject({ status: 'failed', error: { code: 'NOT_FOUND' } });
    const { id } = getData(await updateInBulk({ ids: [foreign.id], update: { priority: 'high' } }, other));
    expect(getError(await workspace.client.get(`/v1/conversations/bulk/${id}`)).status).toBe(404);
    expect(
      getData(await other.client.get<ItemResponse<Conversation>>(`/v1/conversations/${foreign.id}`)).priority,
    ).toBe('high');
  });
});

describe('POST /v1/conversations/filter', () => {
  it('should replace me with the caller and match none with unassigned conversations', async () => {
    const { client, userId } = await registerWorkspace();
    const member = await createMember({ client } as Workspace);
    const [own, foreign, unassigned] = [
      await createConversation(client, { assignee_id: 'me' }),
      await createConversation(client, { assignee_id: member.userId }),
      await createConversation(client),
    ];
    expect(own.assignee!.id).toBe(userId);
    const found = async (operator: string, value: unknown, caller: Client = client) => {
      const filter = {
        all: [
          { field: 'status', operator: 'equals', value: 'open' },
          { field: 'assignee_id', operator, value },
        ],
      };
      return (
        await caller.post<ListResponse<Conversation>>('/v1/conversations/filter', {
          filter,
          order_by: 'created_at',
          order_dir: 'asc',
        })
      ).body.data.map(({ id }) => id);
    };
    expect(await found('equals', 'me')).toEqual([own.id]);
    expect(await found('equals', 'me', member.client)).toEqual([foreign.id]);
    expect(await found('in', ['me', 'none'])).toEqual([own.id, unassigned.id]);
    expect(await found('not_in', ['me', 'none'])).toEqual([foreign.id]);
    expect(await found('not_equals', 'none')).toEqual([own.id, foreign.id]);
    const filter = { field: 'assignee_id', operator: 'equals', value: 'me' };
    expect(
      getData(
        await client.post<ItemResponse<{ succeeded: number }>>('/v1/conversations/bulk', {
          filter,
          update: { assignee_id: member.userId },
        }),
      ).succeeded,
    ).toBe(1);
    expect(await found('equals', 'me')).toEqual([]);
  });

  it('should return 400 with the path of me when the caller is a service key', async () => {
    const { client } = await createApiKey(workspace);
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
      expect(getError(await client.post(path, body))).toMatchObject({
        status: 400,
        details: { 'filter.all[1].value': [expect.stringContaining('user credential')] },
      });
    }
    const team = { field: 'team_id', operator: 'in', value: ['none', 'nil'] };
    expect(getError(await workspace.client.post('/v1/conversations/filter', { filter: team }))).toMatchObject({
      status: 400,
      details: { 'filter.value[1]': [expect.any(String)] },
    });
  });

  it('should filter by fields of the conversation and its contact, page by page', async () => {
    const { client } = await registerWorkspace();
    const created: Conversation[] = [];
    for (let index = 0; index < 5; index += 1)
      created.push(
        await createConversation(client, {
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
    const find = async (body: object): Promise<ListResponse<Conversation>> =>
      (
        await client.post<ListResponse<Conversation>>('/v1/conversations/filter', {
          filter,
          order_by: 'created_at',
          order_dir: 'asc',
          ...body,
        })
      ).body;
    expect((await find({})).data.map(({ id }) => id)).toEqual(created.slice(0, 3).map(({ id }) => id));
    const first = await find({ limit: 2 });
    expect(first).toMatchObject({ total: 3, meta: { has_more: true } });
    expect((await find({ limit: 2, cursor: first.meta.next_cursor })).data.map(({ id }) => id)).toEqual([
      created[2]!.id,
    ]);
    expect(
      getError(await client.post('/v1/conversations/filter', { filter: { all: [] }, cursor: first.meta.next_cursor }))
        .status,
    ).toBe(400);
    expect(
      (await workspace.client.post<ListResponse<Conversation>>('/v1/conversations/filter', { filter })).body.data,
    ).toEqual([]);
  });

  it('should require only the read scope for filtering', async () => {
    const { client } = await createApiKey(workspace, ['conversations:read']);
    expect((await client.post('/v1/conversations/filter', { filter: { all: [] } })).status).toBe(200);
    expect(
      getError(await client.post('/v1/conversations/bulk', { filter: { all: [] }, update: { priority: 'low' } }))
        .status,
    ).toBe(403);
  });
});
