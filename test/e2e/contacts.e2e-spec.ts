import { randomUUID } from 'node:crypto';
import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, Conversation, ListResponse, ItemResponse } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

function uniqueEmail(): string {
  return `ada-${randomUUID()}@example.com`;
}

describe('POST /v1/contacts', () => {
  it('should create a contact and emit an event', async () => {
    const created = await createContact(workspace.client, {
      name: 'Ada',
      email: uniqueEmail(),
      tags: ['vip', 'vip'],
      custom_fields: { plan: 'enterprise', seats: 5 },
    });
    expect(created).toMatchObject({
      name: 'Ada',
      tags: ['vip'],
      custom_fields: { plan: 'enterprise', seats: 5 },
      conversation_count: 0,
      version: 1,
    });
    expect(
      (await listEvents(workspace.client))
        .filter(({ subject_id }) => subject_id === created.id)
        .map(({ type }) => type),
    ).toEqual(['contact.created']);
  });

  it('should store a blank name as null', async () => {
    const { id, name } = await createContact(workspace.client, { name: '  ' });
    expect(name).toBeNull();
    await workspace.client.patch(`/v1/contacts/${id}`, { name: 'Ada' });
    expect(
      getData(await workspace.client.patch<ItemResponse<Contact>>(`/v1/contacts/${id}`, { name: '' })).name,
    ).toBeNull();
  });

  it('should be rejected with the field name when the e-mail or identifier is taken', async () => {
    const email = uniqueEmail();
    const identifier = randomUUID();
    await createContact(workspace.client, { email, identifier });
    expect(getError(await workspace.client.post('/v1/contacts', { email: email.toUpperCase() }))).toMatchObject({
      status: 409,
      details: { field: 'email' },
    });
    expect(getError(await workspace.client.post('/v1/contacts', { identifier }))).toMatchObject({
      status: 409,
      details: { field: 'identifier' },
    });
  });

  it('should accept an e-mail that is used in another workspace', async () => {
    const email = uniqueEmail();
    const [own, foreign] = await Promise.all([
      createContact(workspace.client, { email }),
      createContact(other.client, { email }),
    ]);
    expect(own.id).not.toBe(foreign.id);
  });

  it('should create one contact when many concurrent requests use one e-mail', async () => {
    const email = uniqueEmail();
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => workspace.client.post('/v1/contacts', { email })),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  });
});

describe('GET /v1/contacts', () => {
  it('should filter by text, e-mail, identifier, status, tags and time', async () => {
    const { client } = await registerWorkspace();
    const ada = await createContact(client, {
      name: 'Ada Lovelace',
      email: 'ada@engines.example',
      company: 'Engines 100%',
      tags: ['vip'],
    });
    const bob = await createContact(client, {
      name: 'Bob',
      email: 'bob@example.com',
      identifier: 'b-1',
      status: 'inactive',
    });
    const found = async (query: Record<string, string>) =>
      (await client.get<ListResponse<Contact>>('/v1/contacts', query)).body.data.map(({ id }) => id);
    expect(await found({})).toEqual([bob.id, ada.id]);
    expect(await found({ q: 'LOVE' })).toEqual([ada.id]);
    expect(await found({ q: '100%' })).toEqual([ada.id]);
    expect(await found({ q: '_ob' })).toEqual([]);
    expect(await found({ email: 'ADA@engines.example' })).toEqual([ada.id]);
    expect(await found({ identifier: 'b-1' })).toEqual([bob.id]);
    expect(await found({ status: 'inactive,unsubscribed' })).toEqual([bob.id]);
    expect(await found({ tag: 'vip,other' })).toEqual([ada.id]);
    expect(await found({ blocked: 'true' })).toEqual([]);
    expect(await found({ created_after: '2100-01-01T00:00:00Z' })).toEqual([]);
    expect(await found({ created_before: '2100-01-01T00:00:00Z', order_dir: 'asc' })).toEqual([ada.id, bob.id]);
  });

  it('should filter by phone number, company and last_seen_at', async () => {
    const { client } = await registerWorkspace();
    const ada = await createContact(client, { name: 'Ada', phone: '+1 415 555 0123', company: 'Engines Ltd' });
    const bob = await createContact(client, {
      name: 'bob',
      phones: [{ phone: '+4930123456' }, { phone: '+14155550124' }],
    });
    await createConversation(client, { contact_id: ada.id });
    const found = async (query: Record<string, string>) =>
      (await client.get<ListResponse<Contact>>('/v1/contacts', query)).body.data.map(({ id }) => id);
    expect(await found({ phone: '+1 (415) 555-0124' })).toEqual([bob.id]);
    expect(await found({ company: 'ENGINES LTD' })).toEqual([ada.id]);
    expect(await found({ last_seen_after: '2020-01-01T00:00:00Z' })).toEqual([ada.id]);
    expect(await found({ last_seen_before: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await found({ order_by: 'name', order_dir: 'asc' })).toEqual([ada.id, bob.id]);
    expect(await found({ order_by: 'last_seen_at' })).toEqual([ada.id, bob.id]);
    expect(getError(await client.get('/v1/contacts', { phone: '123' }))).toMatchObject({
      status: 400,
      details: { phone: expect.anything() },
    });
  });

  it.each(['name', 'last_seen_at'])('should page by %s, including contacts without a value', async (orderBy) => {
    const { client } = await registerWorkspace();
    for (const name of ['Zoë', null, 'ada', 'Émile', null, 'Bob']) await createContact(client, { name });
    const all = (await client.get<ListResponse<Contact>>('/v1/contacts', { order_by: orderBy })).body.data.map(
      ({ id }) => id,
    );
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: ListResponse<Contact> = (
        await client.get<ListResponse<Contact>>('/v1/contacts', {
          order_by: orderBy,
          limit: 2,
          ...(cursor && { cursor }),
        })
      ).body;
      paged.push(...page.data.map(({ id }) => id));
      cursor = page.meta.next_cursor;
    }
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(6);
  });

  it('should not list contacts of another workspace', async () => {
    const { id, email } = await createContact(other.client);
    expect((await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { email: email! })).body.data).toEqual(
      [],
    );
    expect(getError(await workspace.client.get(`/v1/contacts/${id}`)).status).toBe(404);
  });
});

describe('POST /v1/contacts/filter', () => {
  it('should list the matching contacts page by page', async () => {
    const { client } = await registerWorkspace();
    const vip = await createContact(client, {
      tags: ['vip'],
      custom_fields: { seats: 12 },
      emails: [{ email: 'a@x.example' }, { email: 'b@x.example' }],
      email: undefined,
    });
    await createContact(client, { tags: ['vip'], custom_fields: { seats: 2 } });
    const matching = async (filter: object, query: Record<string, number> = {}) =>
      (await client.send<ListResponse<Contact>>('POST', '/v1/contacts/filter', { query, body: { filter } })).body;
    const seats = { field: 'custom_fields.seats', operator: 'greater_than', value: 10 };
    expect(
      (await matching({ all: [{ field: 'tags', operator: 'contains', value: 'vip' }, seats] })).data.map(
        ({ id }) => id,
      ),
    ).toEqual([vip.id]);
    expect(
      (await matching({ field: 'emails', operator: 'contains', value: 'b@x.example' })).data.map(({ id }) => id),
    ).toEqual([vip.id]);
    const page = await matching({ not: { field: 'blocked', operator: 'equals', value: true } }, { limit: 1 });
    expect([page.data.length, page.total, page.meta.has_more]).toEqual([1, 2, true]);
    const foreign = await other.client.send<ListResponse<Contact>>('POST', '/v1/contacts/filter', {
      body: { filter: { field: 'id', operator: 'equals', value: vip.id } },
    });
    expect(foreign.body.data).toEqual([]);
  });

  it('should accept paging and sorting in the body or in the query, but not in both', async () => {
    const { client } = await registerWorkspace();
    const created = [
      await createContact(client, { name: 'Ada' }),
      await createContact(client, { name: 'Bob' }),
      await createContact(client, { name: 'Cleo' }),
    ].map(({ id }) => id);
    const filter = { field: 'name', operator: 'is_present' };
    const page = async (sent: { query?: Record<string, string | number>; body?: object }) =>
      (
        await client.send<ListResponse<Contact>>('POST', '/v1/contacts/filter', {
          query: sent.query,
          body: { filter, ...sent.body },
        })
      ).body;
    const expected = { order_by: 'name', order_dir: 'asc', limit: 2 };
    for (const sent of [{ body: expected }, { query: expected }]) {
      const first = await page(sent);
      expect(first.data.map(({ id }) => id)).toEqual(created.slice(0, 2));
      const next = { ...expected, cursor: first.meta.next_cursor! };
      expect((await page('body' in sent ? { body: next } : { query: next })).data.map(({ id }) => id)).toEqual(
        created.slice(2),
      );
    }
    expect((await page({ body: { ...expected, offset: 1, cursor: null } })).data.map(({ id }) => id)).toEqual(
      created.slice(1),
    );
    const twice = await client.send('POST', '/v1/contacts/filter', {
      query: { limit: 2 },
      body: { filter, order_by: 'name' },
    });
    expect(getError(twice)).toMatchObject({ status: 400, details: { limit: expect.anything() } });
  });

  it('should report the path of an invalid node', async () => {
    const rejected = await workspace.client.post('/v1/contacts/filter', {
      filter: {
        all: [
          { field: 'status', operator: 'equals', value: 'active' },
          { field: 'nmae', operator: 'equals', value: 1 },
        ],
      },
    });
    expect(getError(rejected)).toMatchObject({
      status: 400,
      details: { 'filter.all[1].field': [expect.stringContaining('not a known field')] },
    });
  });
});

describe('PATCH /v1/contacts/{id}', () => {
  it('should update the given fields, keep the others and emit their previous values', async () => {
    const created = await createContact(workspace.client, { name: 'Ada', custom_fields: { plan: 'free' } });
    const changed = getData(
      await workspace.client.patch<ItemResponse<Contact>>(`/v1/contacts/${created.id}`, {
        name: null,
        custom_fields: { plan: 'enterprise' },
      }),
    );
    expect(changed).toMatchObject({
      name: null,
      email: created.email,
      custom_fields: { plan: 'enterprise' },
      version: 2,
    });
    const emitted = (await listEvents(workspace.client)).find(
      ({ type, subject_id }) => type === 'contact.updated' && subject_id === created.id,
    );
    expect(emitted!.data).toEqual({
      changed: { name: ['Ada', null], custom_fields: [{ plan: 'free' }, { plan: 'enterprise' }] },
    });
  });

  it('should merge custom fields by key, remove null fields and report all of them in the event', async () => {
    const created = await createContact(workspace.client, {
      custom_fields: { plan: 'free', seats: 3, trial: true, nothing: null },
    });
    expect(created.custom_fields).toEqual({ plan: 'free', seats: 3, trial: true });
    const changed = getData(
      await workspace.client.patch<ItemResponse<Contact>>(`/v1/contacts/${created.id}`, {
        custom_fields: { plan: 'pro', trial: null, absent: null },
      }),
    );
    expect(changed.custom_fields).toEqual({ plan: 'pro', seats: 3 });
    const emitted = (await listEvents(workspace.client)).find(
      ({ type, subject_id }) => type === 'contact.updated' && subject_id === created.id,
    );
    expect(emitted!.data).toEqual({
      changed: {
        custom_fields: [
          { plan: 'free', seats: 3, trial: true },
          { plan: 'pro', seats: 3 },
        ],
      },
    });
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Contact>>(`/v1/contacts/${created.id}`, {
          custom_fields: { seats: 3, absent: null },
        }),
      ).version,
    ).toBe(changed.version);
  });

  it('should be rejected when custom fields exceed the size limit', async () => {
    const { id } = await createContact(workspace.client, { custom_fields: { one: 'x'.repeat(40_000) } });
    expect(
      getError(await workspace.client.patch(`/v1/contacts/${id}`, { custom_fields: { two: 'x'.repeat(40_000) } })),
    ).toMatchObject({ status: 400, details: { custom_fields: expect.anything() } });
    expect(
      (await workspace.client.patch(`/v1/contacts/${id}`, { custom_fields: { one: null, two: 'x'.repeat(40_000) } }))
        .status,
    ).toBe(200);
  });

  it('should change nothing when all values are equal', async () => {
    const { id, name } = await createContact(workspace.client);
    expect(getData(await workspace.client.patch<ItemResponse<Contact>>(`/v1/contacts/${id}`, { name })).version).toBe(
      1,
    );
  });

  it('should be rejected when another contact has the e-mail', async () => {
    const [item, secondItem] = [await createContact(workspace.client), await createContact(workspace.client)];
    expect(
      getError(await workspace.client.patch(`/v1/contacts/${item.id}`, { email: secondItem.email })),
    ).toMatchObject({
      status: 409,
      details: { field: 'email' },
    });
  });
});

describe('DELETE /v1/contacts/{id}', () => {
  it('should delete the contact, keep its conversations and release its e-mail', async () => {
    const { id, email } = await createContact(workspace.client);
    const conversation = await createConversation(workspace.client, { contact_id: id });
    expect((await workspace.client.delete(`/v1/contacts/${id}`)).status).toBe(204);
    expect(getError(await workspace.client.get(`/v1/contacts/${id}`)).status).toBe(404);
    expect(getError(await workspace.client.delete(`/v1/contacts/${id}`)).status).toBe(404);
    expect(
      getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${conversation.id}`)).contact
        .id,
    ).toBe(id);
    expect((await createContact(workspace.client, { email })).id).not.toBe(id);
  });
});

it('should serve contacts under both resource names', async () => {
  const { id, name } = await createContact(workspace.client);
  for (const collection of ['customer-profiles', 'customerProfiles'])
    expect(getData(await workspace.client.get<ItemResponse<Contact>>(`/v1/${collection}/${id}`)).name).toBe(name);
});
