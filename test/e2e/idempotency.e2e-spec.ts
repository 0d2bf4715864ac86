import { createHash, randomUUID } from 'node:crypto';
import { createConversation } from '../factories/conversation.js';
import { createInbox } from '../factories/inbox.js';
import { createMember, type Member } from '../factories/member.js';
import {
  createApiKey,
  getError,
  registerWorkspace,
  type ApiResponse,
  type Client,
  type Workspace,
} from '../support/client.js';
import { runSql } from '../support/database.js';
import type { Contact, Conversation, ListResponse, Message, ItemResponse } from '../support/wire.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

function post<T = Contact>(path: string, body: unknown, key: string): Promise<ApiResponse<ItemResponse<T>>> {
  return workspace.client.post<ItemResponse<T>>(path, body, { 'idempotency-key': key });
}

async function listContacts(email: string): Promise<number> {
  return (await workspace.client.get<ListResponse<Contact>>('/v1/contacts', { email })).body.total;
}

describe('Idempotency-Key', () => {
  it('should replay the stored response and its headers for the same request', async () => {
    const key = randomUUID();
    const { id } = await createConversation(workspace.client);
    const [first, second] = [
      await post(`/v1/conversations/${id}/resolve`, undefined, key),
      await post(`/v1/conversations/${id}/resolve`, undefined, key),
    ];
    expect(second.body).toEqual(first.body);
    expect([first, second].map(({ headers }) => [headers.get('etag'), headers.get('idempotency-replayed')])).toEqual([
      ['"2"', null],
      ['"2"', 'true'],
    ]);
  });

  it('should reject the same key with another body without side effects', async () => {
    const key = randomUUID();
    const email = `${key}@example.com`;
    await post('/v1/contacts', { name: 'Ada' }, key);
    expect(getError(await post('/v1/contacts', { name: 'Ada', email }, key))).toMatchObject({
      status: 422,
      code: 'UNPROCESSABLE',
    });
    expect(await listContacts(email)).toBe(0);
  });

  it('should replay the stored response when the properties have another order', async () => {
    const key = randomUUID();
    const first = await post('/v1/contacts', { name: 'Ada', custom_fields: { a: 1, b: [{ c: 2, d: 3 }] } }, key);
    const second = await post('/v1/contacts', { custom_fields: { b: [{ d: 3, c: 2 }], a: 1 }, name: 'Ada' }, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    const other = await post('/v1/contacts', { custom_fields: { b: [{ d: 2, c: 3 }], a: 1 }, name: 'Ada' }, key);
    expect(getError(other).status).toBe(422);
  });

  it('should create one object for fifty concurrent requests', async () => {
    const key = randomUUID();
    const body = { name: 'Ada', email: `${key}@example.com` };
    const responses = await Promise.all(Array.from({ length: 50 }, () => post('/v1/contacts', body, key)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(
      new Set(responses.some(({ status }) => status === 409) ? [201, 409] : [201]),
    );
    for (const busy of responses.filter(({ status }) => status === 409))
      expect([getError(busy).message, busy.headers.get('retry-after')]).toEqual([
        expect.stringContaining('still running'),
        '1',
      ]);
    const ids = new Set(responses.filter(({ status }) => status === 201).map((response) => response.body.data.id));
    expect(ids.size).toBe(1);
    expect(await listContacts(body.email)).toBe(1);
    expect((await post('/v1/contacts', body, key)).body.data.id).toBe([...ids][0]);
  });

  it('should not store an error response, so that a corrected request succeeds', async () => {
    const key = randomUUID();
    const external_id = randomUUID();
    const { id } = await createConversation(workspace.client, { external_id });
    const body = { contact: { name: 'Ada' }, external_id };
    expect((await post<Conversation>('/v1/conversations', body, key)).status).toBe(409);
    expect((await post<Conversation>('/v1/conversations', { contact: { name: 'Ada' } }, key)).status).toBe(201);
    expect((await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).status).toBe(200);
  });

  it('should apply to one route and one credential', async () => {
    const key = randomUUID();
    await post('/v1/contacts', { name: 'Ada' }, key);
    const team = await post('/v1/teams', { name: `Team ${key}` }, key);
    expect([team.status, team.headers.get('idempotency-replayed')]).toEqual([201, null]);
    const { client } = await createApiKey(workspace);
    const another = await client.post('/v1/contacts', { name: 'Ada' }, { 'idempotency-key': key });
    expect([another.status, another.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('should compare the files of multipart bodies', async () => {
    const key = randomUUID();
    const { id } = await createConversation(workspace.client);
    const messageBody = (text: string): FormData => {
      const form = new FormData();
      form.set('body', 'See the file');
      form.append('attachments[]', new Blob([text]), 'a.txt');
      return form;
    };
    const path = `/v1/conversations/${id}/messages`;
    const [first, second] = [
      await post<Message>(path, messageBody('one'), key),
      await post<Message>(path, messageBody('one'), key),
    ];
    expect(second.body).toEqual(first.body);
    expect(getError(await post<Message>(path, messageBody('two'), key)).status).toBe(422);
    expect((await workspace.client.get<ListResponse<Message>>(path)).body.total).toBe(2);
  });

  it('should store neither the secrets of a response nor a guessable hash of the request in plain text', async () => {
    const key = randomUUID();
    const requests: [path: string, body: object, secret: string][] = [
      ['/v1/api-keys', { name: 'Sealed', scopes: ['tags:read'] }, 'key'],
      ['/v1/auth/totp', { password: workspace.password }, 'secret'],
      ['/v1/users/invite', { email: `${key}@example.com`, role: 'agent', send: false }, 'invitation'],
      ['/v1/webhooks', { url: 'https://acme.example/hook', events: ['contact.created'] }, 'secret'],
    ];
    for (const [path, body, secret] of requests) {
      const [first, second] = [await post<Record<string, unknown>>(path, body, key), await post(path, body, key)];
      expect(first.body.data[secret]).toBeTruthy();
      expect(second.headers.get('idempotency-replayed')).toBe('true');
      expect(second.body).toEqual(first.body);
    }
    const stored = await runSql('select body, body_hash, sealed from kernel.idempotency_keys where key = $1', [key]);
    expect(stored).toHaveLength(requests.length);
    const hashes = requests.map(([, body]) =>
      createHash('sha256')
        .update(JSON.stringify([body, '', []]))
        .digest('hex'),
    );
    for (const row of stored) {
      expect(row.sealed).toBe(true);
      expect(row.body).toMatch(/^[\w+/=]+$/);
      expect(hashes).not.toContain(row.body_hash);
    }
  });

  it('should not replay a response of another workspace', async () => {
    const key = randomUUID();
    const { body: own } = await post('/v1/contacts', { name: 'Ada' }, key);
    const other = await registerWorkspace();
    const foreign = await other.client.post<ItemResponse<Contact>>(
      '/v1/contacts',
      { name: 'Ada' },
      { 'idempotency-key': key },
    );
    expect(foreign.headers.get('idempotency-replayed')).toBeNull();
    expect(foreign.body.data.id).not.toBe(own.data.id);
  });

  describe('after the access of the caller has changed', () => {
    let key: string;
    let inboxId: string;
    let agent: Member;

    beforeEach(async () => {
      key = randomUUID();
      workspace = await registerWorkspace();
      inboxId = (await createInbox(workspace.client)).id;
      agent = await createMember(workspace);
    });

    const create = (client: Client): Promise<ApiResponse<ItemResponse<Conversation>>> =>
      client.post('/v1/conversations', { contact: { name: 'Ada' }, inbox_id: inboxId }, { 'idempotency-key': key });
    const countConversations = async (): Promise<number> =>
      (await workspace.client.get<ListResponse<Conversation>>('/v1/conversations')).body.total;

    it('should refuse the response when an inbox was limited, and replay it to a new member of the inbox', async () => {
      const first = await create(agent.client);
      const setAccess = (access: string) => workspace.client.patch(`/v1/team-inboxes/${inboxId}`, { access });
      await setAccess('members');
      const refused = await create(agent.client);
      expect(getError(refused)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      expect(JSON.stringify(refused.body)).not.toContain(first.body.data.id);
      await workspace.client.post(`/v1/team-inboxes/${inboxId}/members`, { user_id: agent.userId });
      const replayed = await create(agent.client);
      expect([replayed.headers.get('idempotency-replayed'), replayed.body]).toEqual(['true', first.body]);
      expect(await countConversations()).toBe(1);
    });

    it('should refuse the response when the role was reduced', async () => {
      const { client, userId } = await createMember(workspace, 'admin');
      await create(client);
      await workspace.client.patch(`/v1/users/${userId}`, { role: 'agent' });
      expect(getError(await create(client)).status).toBe(403);
      expect(await countConversations()).toBe(1);
    });

    it('should refuse the response when scopes of the API key were removed', async () => {
      const { client, id } = await createApiKey(workspace, ['conversations:write', 'contacts:read']);
      await create(client);
      await workspace.client.patch(`/v1/api-keys/${id}`, { scopes: ['conversations:write'] });
      expect(getError(await create(client)).status).toBe(403);
      await workspace.client.patch(`/v1/api-keys/${id}`, { scopes: ['conversations:write', 'contacts:write'] });
      expect((await create(client)).headers.get('idempotency-replayed')).toBe('true');
    });
  });
});
