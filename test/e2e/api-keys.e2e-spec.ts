import { setTimeout } from 'node:timers/promises';
import { eventually } from '@parley/kernel/testing';
import { createMember, type Member } from '../factories/member.js';
import {
  createApiKey,
  Client,
  getData,
  createPersonalKey,
  getError,
  registerWorkspace,
  type Workspace,
} from '../support/client.js';
import { withDatabase } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, ItemResponse } from '../support/wire.js';

interface Key {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly last_used_address: string | null;
  readonly previous_key_expires_at: string | null;
  readonly version: number;
  readonly user_id: string | null;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly revoked_at: string | null;
  readonly key?: string;
}

interface Me {
  readonly type: string;
  readonly id: string | null;
  readonly role: string;
  readonly scopes: readonly string[];
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

async function createKey(body: object): Promise<Key> {
  return getData(
    await workspace.client.post<ItemResponse<Key>>('/v1/api-keys', { name: 'Billing', scopes: ['*'], ...body }),
  );
}

describe('POST /v1/api-keys', () => {
  it.each([['service'], ['personal']])('should require explicit scopes of a %s key', async (kind) => {
    for (const scopes of [undefined, null, []])
      expect(getError(await workspace.client.post('/v1/api-keys', { name: 'Wide', kind, scopes }))).toMatchObject({
        status: 400,
        details: { scopes: expect.any(Array) },
      });
  });

  it('should return the key once and never again', async () => {
    const created = await createKey({});
    expect(created.key).toMatch(/^sk_live_[\w-]{32}$/);
    expect(created.hint).toBe(`${created.key!.slice(0, 10)}…${created.key!.slice(-4)}`);
    const { body } = await workspace.client.get<ListResponse<Key>>('/v1/api-keys');
    expect(body.data.find(({ id }) => id === created.id)).toMatchObject({ hint: created.hint });
    expect(JSON.stringify(body)).not.toContain(created.key);
    expect(JSON.stringify(await listEvents(workspace.client))).not.toContain(created.key);
  });

  it('should create a service key without a user and a personal key of the caller', async () => {
    const me = async (body: object): Promise<Me> =>
      getData(await new Client((await createKey(body)).key!).get<ItemResponse<Me>>('/v1/me'));
    expect(await me({ kind: 'service' })).toMatchObject({
      type: 'service_key',
      id: null,
      email: null,
      role: 'service',
      workspace: { id: workspace.id },
    });
    expect(await me({ kind: 'personal' })).toMatchObject({
      type: 'user',
      id: workspace.userId,
      role: 'owner',
    });
  });

  it('should normalize scopes and reject unknown ones by name', async () => {
    expect((await createKey({ scopes: ['read:contacts', 'contacts:read', 'files:write'] })).scopes).toEqual([
      'contacts:read',
      'files:write',
    ]);
    const scopeErrors = async (...scopes: string[]): Promise<unknown> =>
      getError(await workspace.client.post('/v1/api-keys', { name: 'Wrong', scopes })).details.scopes;
    expect(await scopeErrors('contacts:read', 'contact:read')).toEqual([
      'scopes[1]: "contact:read" is not a scope. Did you mean contacts:read?',
    ]);
    expect(await scopeErrors('xyzzyxyzzy:read')).toEqual([
      expect.stringMatching(
        /^scopes\[0\]: "xyzzyxyzzy:read" is not a scope\. Use \* or .* audit, automations, contact_bulk, contact_erasure/,
      ),
    ]);
  });

  it('should reject scopes that the caller lacks', async () => {
    const { client } = await createApiKey(workspace, ['api_keys:write', 'contacts:read']);
    for (const scopes of [['*'], ['contacts:write'], ['teams:read']]) {
      expect(getError(await client.post('/v1/api-keys', { name: 'More', scopes }))).toMatchObject({
        status: 403,
        details: { missing_scopes: scopes },
      });
    }
    expect((await client.post('/v1/api-keys', { name: 'Less', scopes: ['contacts:read'] })).status).toBe(201);
    expect(
      getError(await client.post('/v1/api-keys', { name: 'Mine', kind: 'personal', scopes: ['contacts:read'] })).status,
    ).toBe(422);
  });

  it('should reject an expiry in the past', async () => {
    expect(
      getError(
        await workspace.client.post('/v1/api-keys', {
          name: 'Late',
          scopes: ['*'],
          expires_at: '2020-01-01T00:00:00Z',
        }),
      ),
    ).toMatchObject({ status: 400, details: { expires_at: expect.any(Array) } });
  });
});

describe('scopes', () => {
  it('should include read access in a write scope and nothing else', async () => {
    const { client } = await createApiKey(workspace, ['contacts:write']);
    expect((await client.get('/v1/contacts')).status).toBe(200);
    expect((await client.post('/v1/contacts', { name: 'Ada' })).status).toBe(201);
    expect(getError(await client.get('/v1/teams'))).toMatchObject({
      status: 403,
      details: { required_scope: 'teams:read' },
    });
  });
});

describe('POST /v1/api-keys/{id}/revoke', () => {
  it('should revoke the key at once and emit one event when repeated', async () => {
    const { id, client } = await createApiKey(workspace);
    expect((await client.get('/v1/me')).status).toBe(200);
    const { revoked_at } = getData(await workspace.client.post<ItemResponse<Key>>(`/v1/api-keys/${id}/revoke`));
    expect(revoked_at).not.toBeNull();
    expect(getError(await client.get('/v1/me')).status).toBe(401);
    expect(getData(await workspace.client.post<ItemResponse<Key>>(`/v1/api-keys/${id}/revoke`)).revoked_at).toBe(
      revoked_at,
    );
    expect(
      (await listEvents(workspace.client)).filter(
        ({ type, subject_id }) => type === 'api_key.revoked' && subject_id === id,
      ),
    ).toHaveLength(1);
  });

  it('should return 404 for a key of another workspace', async () => {
    const foreign = await createApiKey(await registerWorkspace());
    expect(getError(await workspace.client.post(`/v1/api-keys/${foreign.id}/revoke`)).status).toBe(404);
    expect((await foreign.client.get('/v1/me')).status).toBe(200);
  });
});

describe('personal API keys of a signed-in user', () => {
  let agent: Member;

  beforeAll(async () => {
    agent = await createMember(workspace);
  });

  const createOwnKey = async (body: object = {}): Promise<Key> =>
    getData(
      await agent.client.post<ItemResponse<Key>>('/v1/api-keys', {
        name: 'Mine',
        kind: 'personal',
        scopes: ['*'],
        ...body,
      }),
    );

  it('should be managed by their user without an API key scope', async () => {
    const { id } = await createOwnKey({ scopes: ['contacts:read'] });
    expect((await agent.client.get<ListResponse<Key>>('/v1/api-keys')).body.data.map((key) => key.id)).toEqual([id]);
    expect((await getKey(id, agent.client)).scopes).toEqual(['contacts:read']);
    expect(
      getData(await agent.client.patch<ItemResponse<Key>>(`/v1/api-keys/${id}`, { name: 'Still mine' })).name,
    ).toBe('Still mine');
    const { key } = getData(await agent.client.post<ItemResponse<Key>>(`/v1/api-keys/${id}/rotate`, {}));
    expect((await new Client(key).get('/v1/contacts')).status).toBe(200);
    expect(getData(await agent.client.post<ItemResponse<Key>>(`/v1/api-keys/${id}/revoke`)).revoked_at).not.toBeNull();
  });

  it('should allow what their user can do with all scopes, and never more', async () => {
    const { id, key, scopes } = await createOwnKey();
    const client = new Client(key);
    expect([scopes, (await client.get('/v1/contacts')).status]).toEqual([['*'], 200]);
    expect(getError(await client.post('/v1/teams', { name: 'More' }))).toMatchObject({
      status: 403,
      details: { required_scope: 'teams:write' },
    });
    expect(getData(await agent.client.patch<ItemResponse<Key>>(`/v1/api-keys/${id}`, { name: 'Named' })).name).toBe(
      'Named',
    );
    expect(
      getError(await agent.client.post('/v1/api-keys', { name: 'More', kind: 'personal', scopes: ['teams:write'] })),
    ).toMatchObject({ status: 403, details: { missing_scopes: ['teams:write'] } });
  });

  it('should give no access to service keys or keys of other users', async () => {
    const [service, own] = [await createApiKey(workspace), await createPersonalKey(workspace)];
    expect(
      getError(await agent.client.post('/v1/api-keys', { name: 'Service', scopes: ['contacts:read'] })),
    ).toMatchObject({ status: 403, details: { required_scope: 'api_keys:write' } });
    for (const id of [service.id, own.id]) {
      expect(getError(await agent.client.get(`/v1/api-keys/${id}`))).toMatchObject({
        status: 403,
        details: { required_scope: 'api_keys:read' },
      });
      expect(getError(await agent.client.patch(`/v1/api-keys/${id}`, { name: 'Ours' }))).toMatchObject({
        status: 403,
        details: { required_scope: 'api_keys:write' },
      });
      for (const action of ['rotate', 'revoke'])
        expect(
          getError(await agent.client.post(`/v1/api-keys/${id}/${action}`, action === 'rotate' ? {} : undefined))
            .status,
        ).toBe(403);
    }
    expect([(await service.client.get('/v1/me')).status, (await own.client.get('/v1/me')).status]).toEqual([200, 200]);
  });

  it('should not allow themselves to be read, rotated or used to create keys', async () => {
    const { id, key } = await createOwnKey();
    const client = new Client(key);
    expect(
      getError(await client.post('/v1/api-keys', { name: 'Child', kind: 'personal', scopes: ['contacts:read'] }))
        .details,
    ).toEqual({ required_scope: 'api_keys:write' });
    for (const path of ['/v1/api-keys', `/v1/api-keys/${id}`])
      expect(getError(await client.get(path)).details).toEqual({ required_scope: 'api_keys:read' });
    expect(getError(await client.post(`/v1/api-keys/${id}/rotate`, {})).status).toBe(403);
  });

  it('should be inaccessible from another workspace', async () => {
    const { id } = await createOwnKey();
    const other = await registerWorkspace();
    expect(getError(await other.client.get(`/v1/api-keys/${id}`)).status).toBe(404);
  });
});

describe('GET /v1/api-keys', () => {
  it('should filter by kind and revocation', async () => {
    const unique = await registerWorkspace();
    const [service, deleted, own] = [
      await createApiKey(unique),
      await createApiKey(unique),
      await createPersonalKey(unique),
    ];
    await unique.client.post(`/v1/api-keys/${deleted.id}/revoke`);
    const ids = async (query: Record<string, string>): Promise<string[]> =>
      (await unique.client.get<ListResponse<Key>>('/v1/api-keys', query)).body.data.map(({ id }) => id);
    expect(await ids({})).toEqual([own.id, deleted.id, service.id]);
    expect(await ids({ kind: 'personal' })).toEqual([own.id]);
    expect(await ids({ revoked: 'true' })).toEqual([deleted.id]);
    expect(await ids({ revoked: 'false', kind: 'service,personal' })).toEqual([own.id, service.id]);
  });

  it('should not list keys of another workspace', async () => {
    const { id } = await createApiKey(await registerWorkspace());
    expect(
      (await workspace.client.get<ListResponse<Key>>('/v1/api-keys', { limit: 100 })).body.data.map((key) => key.id),
    ).not.toContain(id);
  });
});

async function getKey(id: string, client = workspace.client): Promise<Key> {
  return getData(await client.get<ItemResponse<Key>>(`/v1/api-keys/${id}`));
}

describe('GET /v1/api-keys/{id}', () => {
  it('should return the time and address of the last use', async () => {
    const { id, client } = await createApiKey(workspace);
    expect(await getKey(id)).toMatchObject({ last_used_at: null, last_used_address: null });
    await client.get('/v1/me', {}, { 'x-forwarded-for': '203.0.113.20' });
    const used = await eventually(async () => ((await getKey(id)).last_used_at === null ? null : getKey(id)));
    expect(used.last_used_address).toBe('203.0.113.20');
  });

  it('should return a personal key of another user only to callers with all scopes', async () => {
    const admin = await createMember(workspace, 'admin');
    const { id } = getData(
      await admin.client.post<ItemResponse<Key>>('/v1/api-keys', { name: 'Theirs', kind: 'personal', scopes: ['*'] }),
    );
    expect((await getKey(id)).user_id).toBe(admin.userId);
    const { client } = await createApiKey(workspace, ['api_keys:write']);
    expect(getError(await client.get(`/v1/api-keys/${id}`)).status).toBe(404);
  });

  it('should return 404 for a key of another workspace', async () => {
    const { id } = await createApiKey(await registerWorkspace());
    expect(getError(await workspace.client.get(`/v1/api-keys/${id}`)).status).toBe(404);
  });
});

describe('PATCH /v1/api-keys/{id}', () => {
  it('should change only the given fields, take effect at once and emit an event', async () => {
    const { id, client } = await createApiKey(workspace);
    expect((await client.get('/v1/teams')).status).toBe(200);
    const expires_at = '2099-01-15T10:30:00.000Z';
    const changed = getData(
      await workspace.client.patch<ItemResponse<Key>>(`/v1/api-keys/${id}`, {
        name: 'Narrow',
        scopes: ['read:contacts'],
        expires_at,
      }),
    );
    expect(changed).toMatchObject({ name: 'Narrow', scopes: ['contacts:read'], expires_at, version: 2 });
    expect(getError(await client.get('/v1/teams')).status).toBe(403);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Key>>(`/v1/api-keys/${id}`, { expires_at: null, name: 'Narrow' }),
      ),
    ).toMatchObject({ expires_at: null, scopes: ['contacts:read'], version: 3 });
    expect(
      getData(await workspace.client.patch<ItemResponse<Key>>(`/v1/api-keys/${id}`, { name: 'Narrow' })).version,
    ).toBe(3);
    const [emitted] = (await listEvents(workspace.client)).filter(
      ({ type, subject_id }) => type === 'api_key.updated' && subject_id === id,
    );
    expect(emitted!.data).toMatchObject({
      changed: { name: ['Test', 'Narrow'], scopes: [['*'], ['contacts:read']], expires_at: [null, expires_at] },
    });
  });

  it('should reject unknown scopes, scopes that the caller lacks and an expiry in the past', async () => {
    const { id } = await createApiKey(workspace, ['contacts:read']);
    expect(
      getError(await workspace.client.patch(`/v1/api-keys/${id}`, { scopes: ['contacts:delete'] })).details,
    ).toHaveProperty('scopes');
    expect(
      getError(await workspace.client.patch(`/v1/api-keys/${id}`, { expires_at: '2020-01-01T00:00:00Z' })).details,
    ).toHaveProperty('expires_at');
    const { client } = await createApiKey(workspace, ['api_keys:write', 'contacts:read']);
    expect(getError(await client.patch(`/v1/api-keys/${id}`, { scopes: ['*'] }))).toMatchObject({
      status: 403,
      details: { missing_scopes: ['*'] },
    });
  });

  it('should reject a revoked key and a key of another user', async () => {
    const { id } = await createApiKey(workspace);
    await workspace.client.post(`/v1/api-keys/${id}/revoke`);
    expect(getError(await workspace.client.patch(`/v1/api-keys/${id}`, { name: 'Again' })).status).toBe(422);
    const admin = await createMember(workspace, 'admin');
    const foreign = getData(
      await admin.client.post<ItemResponse<Key>>('/v1/api-keys', { name: 'Theirs', kind: 'personal', scopes: ['*'] }),
    );
    expect(getError(await workspace.client.patch(`/v1/api-keys/${foreign.id}`, { name: 'Ours' })).status).toBe(403);
  });
});

it.each([
  ['PATCH', '/v1/me', { name: 'Somebody' }],
  ['GET', '/v1/sessions', undefined],
  ['POST', '/v1/sessions/revoke-others', undefined],
  ['POST', '/v1/auth/password', { current_password: 'x', new_password: 'a new password' }],
  ['POST', '/v1/auth/totp', { password: 'x' }],
  ['POST', '/v1/auth/email', { password: 'x', email: 'new@example.com' }],
] as const)('should require all scopes of a personal key for %s %s', async (method, path, body) => {
  const own = await registerWorkspace();
  const less = getData(
    await own.client.post<ItemResponse<Key>>('/v1/api-keys', {
      name: 'Less',
      kind: 'personal',
      scopes: ['conversations:read', 'users:write'],
    }),
  );
  const call = (key: string): Promise<number> =>
    new Client(key).send(method, path, { body }).then(({ status }) => status);
  expect(getError(await new Client(less.key).send(method, path, { body }))).toMatchObject({
    status: 403,
    details: { required_scope: '*' },
  });
  expect((await new Client(less.key).get('/v1/me')).status).toBe(200);
  expect(await call((await createPersonalKey(own)).client.credential!)).not.toBe(403);
});

describe('POST /v1/api-keys/{id}/rotate', () => {
  const rotate = async (id: string, body: object = {}): Promise<Key> =>
    getData(await workspace.client.post<ItemResponse<Key>>(`/v1/api-keys/${id}/rotate`, body));
  const status = async (client: Client): Promise<number> => (await client.get('/v1/me')).status;

  it('should return a new key once and accept the previous one for a day', async () => {
    const { id, client } = await createApiKey(workspace, ['contacts:read']);
    const rotated = await rotate(id);
    const unique = new Client(rotated.key);
    expect([await status(unique), await status(client)]).toEqual([200, 200]);
    expect(getData(await unique.get<ItemResponse<Me>>('/v1/me')).scopes).toEqual(['contacts:read']);
    expect(Math.round((Date.parse(rotated.previous_key_expires_at!) - Date.now()) / 3_600_000)).toBe(24);
    expect(await getKey(id)).toMatchObject({ hint: rotated.hint, version: 2 });
    expect(JSON.stringify([await getKey(id), await listEvents(workspace.client)])).not.toContain(rotated.key);
  });

  it('should reject cached credentials when the overlap ends or the key expires', async () => {
    const { id, client } = await createApiKey(workspace);
    expect(await status(client)).toBe(200);
    await rotate(id, { overlap_seconds: 1 });
    const brief = getData(
      await workspace.client.post<ItemResponse<Key>>('/v1/api-keys', {
        name: 'Brief',
        scopes: ['contacts:read'],
        expires_at: new Date(Date.now() + 1_000).toISOString(),
      }),
    );
    expect([await status(client), await status(new Client(brief.key))]).toEqual([200, 200]);
    await setTimeout(1_200);
    expect([await status(client), await status(new Client(brief.key))]).toEqual([401, 401]);
  });

  it('should end the previous key at once without overlap, and older keys in any case', async () => {
    const { id, client } = await createApiKey(workspace);
    const second = new Client((await rotate(id, { overlap_seconds: 3600 })).key);
    const third = await rotate(id, { overlap_seconds: 3600 });
    expect([await status(client), await status(second), await status(new Client(third.key))]).toEqual([401, 200, 200]);
    const fourth = await rotate(id, { overlap_seconds: 0 });
    expect(fourth.previous_key_expires_at).toBeNull();
    expect([await status(second), await status(new Client(third.key)), await status(new Client(fourth.key))]).toEqual([
      401, 401, 200,
    ]);
  });

  it('should end the previous key when the overlap is over', async () => {
    const { id, client } = await createApiKey(workspace);
    await rotate(id, { overlap_seconds: 60 });
    await withDatabase((database) =>
      database.query(`update teams.api_keys set previous_until = now() where id = $1`, [id]),
    );
    expect(await status(client)).toBe(401);
  });

  it('should keep the mode of the key', async () => {
    expect((await rotate((await createKey({ mode: 'test' })).id)).key).toMatch(/^sk_test_/);
  });

  it('should end all secrets when the key is revoked', async () => {
    const { id, client } = await createApiKey(workspace);
    const { key } = await rotate(id);
    await workspace.client.post(`/v1/api-keys/${id}/revoke`);
    expect([await status(client), await status(new Client(key))]).toEqual([401, 401]);
    expect(getError(await workspace.client.post(`/v1/api-keys/${id}/rotate`, {})).status).toBe(422);
  });

  it('should reject scopes that the caller lacks and keys of other users', async () => {
    const { id } = await createApiKey(workspace);
    const { client } = await createApiKey(workspace, ['api_keys:write']);
    expect(getError(await client.post(`/v1/api-keys/${id}/rotate`, {}))).toMatchObject({
      status: 403,
      details: { missing_scopes: ['*'] },
    });
    const admin = await createMember(workspace, 'admin');
    const foreign = getData(
      await admin.client.post<ItemResponse<Key>>('/v1/api-keys', { name: 'Theirs', kind: 'personal', scopes: ['*'] }),
    );
    expect(getError(await workspace.client.post(`/v1/api-keys/${foreign.id}/rotate`, {})).status).toBe(403);
  });

  it('should reject an overlap of more than seven days', async () => {
    const { id } = await createApiKey(workspace);
    expect(
      getError(await workspace.client.post(`/v1/api-keys/${id}/rotate`, { overlap_seconds: 604_801 })).details,
    ).toHaveProperty('overlap_seconds');
  });

  it('should return 404 for a key of another workspace', async () => {
    const foreign = await createApiKey(await registerWorkspace());
    expect(
      getError(await workspace.client.post(`/v1/api-keys/${foreign.id}/rotate`, { overlap_seconds: 0 })).status,
    ).toBe(404);
    expect(await status(foreign.client)).toBe(200);
  });
});
