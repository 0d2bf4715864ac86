import { createConversation } from '../factories/conversation.js';
import { createMember } from '../factories/member.js';
import { Client, getData, getError, registerWorkspace, signIn, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ItemResponse, ListResponse, User } from '../support/wire.js';

interface Me {
  readonly id: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly workspace: { readonly id: string; readonly name: string; readonly sandbox: boolean };
}

interface Key {
  readonly id: string;
  readonly key: string;
  readonly mode: string;
}

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

async function createKey(fields: object = {}, client = workspace.client): Promise<Key> {
  return getData(
    await client.post<ItemResponse<Key>>('/v1/api-keys', { name: 'Trial', mode: 'test', scopes: ['*'], ...fields }),
  );
}

async function createTestClient(fields: object = {}, client = workspace.client): Promise<Client> {
  return new Client((await createKey(fields, client)).key);
}

async function getMe(client: Client): Promise<Me> {
  return getData(await client.get<ItemResponse<Me>>('/v1/me'));
}

async function listSubjects(client: Client): Promise<string[]> {
  const { data } = (await client.get<ListResponse<Conversation>>('/v1/conversations')).body;
  return data.map(({ subject }) => subject!);
}

describe('a test key', () => {
  it('should work in one sandbox per workspace, with its own data', async () => {
    await createConversation(workspace.client, { subject: 'Live' });
    const { key, mode } = await createKey();
    expect(key).toMatch(/^sk_test_/);
    expect(mode).toBe('test');
    const [service, personal] = [new Client(key), await createTestClient({ kind: 'personal' })];
    await createConversation(service, { subject: 'Trial' });
    expect(await listSubjects(personal)).toEqual(['Trial']);
    expect(await listSubjects(workspace.client)).toEqual(['Live']);
    const [me, live] = [await getMe(personal), await getMe(workspace.client)];
    expect(me).toMatchObject({ email: workspace.email, name: live.name, role: 'owner', scopes: ['*'] });
    expect(me.id).not.toBe(live.id);
    expect(me.workspace).toMatchObject({ name: live.workspace.name, sandbox: true });
    expect(live.workspace.sandbox).toBe(false);
    expect((await getMe(service)).workspace).toEqual(me.workspace);
    expect(me.workspace.id).not.toBe(live.workspace.id);
  });

  it('should be created by concurrent requests with one sandbox', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => createTestClient({ kind: 'personal' })));
    const callers = await Promise.all(clients.map(getMe));
    expect(new Set(callers.map(({ workspace: { id } }) => id)).size).toBe(1);
    expect(new Set(callers.map(({ id }) => id)).size).toBe(1);
  });

  it('should see copies of the active users, which are updated with the next test key', async () => {
    const ben = await createMember(workspace);
    const client = await createTestClient();
    const list = async (): Promise<object[]> =>
      (await client.get<ListResponse<User>>('/v1/users', { order_by: 'created_at' })).body.data.map(
        ({ email, role, status }) => ({ email, role, status }),
      );
    const owner = { email: workspace.email, role: 'owner', status: 'active' };
    expect(await list()).toEqual(
      expect.arrayContaining([owner, { email: ben.email, role: 'agent', status: 'active' }]),
    );
    await workspace.client.post(`/v1/users/${ben.userId}/deactivate`);
    const zoe = await createMember(workspace, 'admin');
    await createKey();
    const expected = [
      owner,
      { email: ben.email, role: 'agent', status: 'inactive' },
      { email: zoe.email, role: 'admin', status: 'active' },
    ];
    expect(await list()).toEqual(expect.arrayContaining(expected));
    expect(await list()).toHaveLength(3);
  });

  it('should have the permissions of its user in the workspace', async () => {
    const ben = await createMember(workspace);
    const client = await createTestClient({ kind: 'personal' }, ben.client);
    expect((await getMe(client)).role).toBe('agent');
    expect(getError(await client.post('/v1/teams', { name: 'Billing' })).status).toBe(403);
    await workspace.client.post(`/v1/users/${ben.userId}/deactivate`);
    expect(getError(await client.get('/v1/me')).status).toBe(401);
  });

  it('should be listed, rotated and revoked in the workspace', async () => {
    const created = await createKey();
    const { data } = (await workspace.client.get<ListResponse<Key>>('/v1/api-keys', { mode: 'test' })).body;
    expect(data.map(({ id, mode }) => ({ id, mode }))).toEqual([{ id: created.id, mode: 'test' }]);
    const rotated = getData(
      await workspace.client.post<ItemResponse<Key>>(`/v1/api-keys/${created.id}/rotate`, { overlap_seconds: 0 }),
    );
    expect(rotated.key).toMatch(/^sk_test_/);
    expect(getError(await new Client(created.key).get('/v1/me')).status).toBe(401);
    await workspace.client.post(`/v1/api-keys/${created.id}/revoke`);
    expect(getError(await new Client(rotated.key).get('/v1/me')).status).toBe(401);
    const types = (await listEvents(workspace.client)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['api_key.created', 'api_key.rotated', 'api_key.revoked']));
  });

  it('should not manage users, keys and sign-in', async () => {
    const client = await createTestClient({ kind: 'personal' });
    for (const [method, path, body] of [
      ['POST', '/v1/users/invite', { email: 'eve@example.com', role: 'owner' }],
      ['POST', '/v1/api-keys', { name: 'More', mode: 'live', scopes: ['*'] }],
      ['GET', '/v1/api-keys', undefined],
      ['PATCH', '/v1/me', { name: 'Eve' }],
      ['POST', '/v1/auth/totp', {}],
      ['POST', '/v1/oidc-providers', { name: 'Eve' }],
    ] as const)
      expect(getError(await client.send(method, path, { body }))).toMatchObject({
        status: 403,
        message: 'Not available for test keys: use an access token or a live key',
      });
    expect((await getMe(workspace.client)).name).toBe('Sarah Chen');
  });
});

describe('a sandbox', () => {
  it('should not be offered at sign-in', async () => {
    await createKey();
    const { client } = await signIn(workspace);
    expect((await getMe(client)).workspace.id).toBe(workspace.id);
    const { workspaces } = getData(
      await new Client().post<ItemResponse<{ workspaces: { id: string }[] }>>('/v1/auth/login', {
        email: workspace.email,
        password: workspace.password,
      }),
    );
    expect(workspaces.map(({ id }) => id)).toEqual([workspace.id]);
  });
});
