import { setTimeout } from 'node:timers/promises';
import { eventually } from '@parley/kernel/testing';
import { makeMember, type Member } from '../factories/member.js';
import { apiKey, Client, dataOf, personalKey, refusalOf, register, type Workspace } from '../support/client.js';
import { inDatabase } from '../support/database.js';
import { eventsOf } from '../support/event-log.js';
import type { Many, One } from '../support/wire.js';

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
  readonly user: { readonly id: string } | null;
  readonly role: string;
  readonly scopes: readonly string[];
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await register();
});

async function make(body: object): Promise<Key> {
  return dataOf(await workspace.client.post<One<Key>>('/v1/api-keys', { name: 'Billing', ...body }));
}

describe('POST /v1/api-keys', () => {
  it('should show the key once, and never again', async () => {
    const made = await make({});
    expect(made.key).toMatch(/^sk_live_[\w-]{32}$/);
    expect(made.hint).toBe(`${made.key!.slice(0, 10)}…${made.key!.slice(-4)}`);
    const { body } = await workspace.client.get<Many<Key>>('/v1/api-keys');
    expect(body.data.find(({ id }) => id === made.id)).toMatchObject({ hint: made.hint });
    expect(JSON.stringify(body)).not.toContain(made.key);
    expect(JSON.stringify(await eventsOf(workspace.client))).not.toContain(made.key);
  });

  it('should make a service key that is nobody, and a personal one that is its maker', async () => {
    const me = async (body: object): Promise<Me> =>
      dataOf(await new Client((await make(body)).key!).get<One<Me>>('/v1/me'));
    expect(await me({ kind: 'service' })).toMatchObject({ user: null, role: 'service' });
    expect(await me({ kind: 'personal', mode: 'test' })).toMatchObject({
      user: { id: workspace.userId },
      role: 'owner',
    });
  });

  it('should take scopes in either spelling and refuse unknown ones by name', async () => {
    expect((await make({ scopes: ['read:contacts', 'contacts:read', 'files:write'] })).scopes).toEqual([
      'contacts:read',
      'files:write',
    ]);
    const faults = async (...scopes: string[]): Promise<unknown> =>
      refusalOf(await workspace.client.post('/v1/api-keys', { name: 'Wrong', scopes })).details.scopes;
    expect(await faults('contacts:read', 'contact:read')).toEqual([
      'scopes[1]: there is no scope "contact:read", but contacts:read',
    ]);
    expect(await faults('planets:read')).toEqual([
      expect.stringMatching(
        /^scopes\[0\]: there is no scope "planets:read"; there are .* conversations, contacts, tickets/,
      ),
    ]);
  });

  it('should not give away more than its maker has', async () => {
    const { client } = await apiKey(workspace, ['api_keys:write', 'contacts:read']);
    for (const scopes of [['*'], ['contacts:write'], ['teams:read']]) {
      expect(refusalOf(await client.post('/v1/api-keys', { name: 'More', scopes }))).toMatchObject({
        status: 403,
        details: { missing_scopes: scopes },
      });
    }
    expect((await client.post('/v1/api-keys', { name: 'Less', scopes: ['contacts:read'] })).status).toBe(201);
    expect(
      refusalOf(await client.post('/v1/api-keys', { name: 'Mine', kind: 'personal', scopes: ['contacts:read'] }))
        .status,
    ).toBe(422);
  });

  it('should refuse an expiry that has passed', async () => {
    expect(
      refusalOf(await workspace.client.post('/v1/api-keys', { name: 'Late', expires_at: '2020-01-01T00:00:00Z' })),
    ).toMatchObject({ status: 400, details: { expires_at: expect.any(Array) } });
  });
});

describe('scopes', () => {
  it('should let write include read, and nothing else', async () => {
    const { client } = await apiKey(workspace, ['contacts:write']);
    expect((await client.get('/v1/contacts')).status).toBe(200);
    expect((await client.post('/v1/contacts', { name: 'Ada' })).status).toBe(201);
    expect(refusalOf(await client.get('/v1/teams'))).toMatchObject({
      status: 403,
      details: { required_scope: 'teams:read' },
    });
  });
});

describe('POST /v1/api-keys/{id}/revoke', () => {
  it('should end the key at once, once', async () => {
    const { id, client } = await apiKey(workspace);
    expect((await client.get('/v1/me')).status).toBe(200);
    const { revoked_at } = dataOf(await workspace.client.post<One<Key>>(`/v1/api-keys/${id}/revoke`));
    expect(revoked_at).not.toBeNull();
    expect(refusalOf(await client.get('/v1/me')).status).toBe(401);
    expect(dataOf(await workspace.client.post<One<Key>>(`/v1/api-keys/${id}/revoke`)).revoked_at).toBe(revoked_at);
    expect(
      (await eventsOf(workspace.client)).filter(
        ({ type, subject_id }) => type === 'api_key.revoked' && subject_id === id,
      ),
    ).toHaveLength(1);
  });

  it('should not end a key of another workspace', async () => {
    const theirs = await apiKey(await register());
    expect(refusalOf(await workspace.client.post(`/v1/api-keys/${theirs.id}/revoke`)).status).toBe(404);
    expect((await theirs.client.get('/v1/me')).status).toBe(200);
  });
});

describe('personal keys of whoever has signed in', () => {
  let agent: Member;

  beforeAll(async () => {
    agent = await makeMember(workspace);
  });

  const mine = async (body: object = {}): Promise<Key> =>
    dataOf(await agent.client.post<One<Key>>('/v1/api-keys', { name: 'Mine', kind: 'personal', ...body }));

  it('should be made, seen, changed, rotated and revoked by them, without any scope of keys', async () => {
    const { id } = await mine({ scopes: ['contacts:read'] });
    expect((await agent.client.get<Many<Key>>('/v1/api-keys')).body.data.map((key) => key.id)).toEqual([id]);
    expect((await get(id, agent.client)).scopes).toEqual(['contacts:read']);
    expect(dataOf(await agent.client.patch<One<Key>>(`/v1/api-keys/${id}`, { name: 'Still mine' })).name).toBe(
      'Still mine',
    );
    const { key } = dataOf(await agent.client.post<One<Key>>(`/v1/api-keys/${id}/rotate`, {}));
    expect((await new Client(key).get('/v1/contacts')).status).toBe(200);
    expect(dataOf(await agent.client.post<One<Key>>(`/v1/api-keys/${id}/revoke`)).revoked_at).not.toBeNull();
  });

  it('should allow what their user may do when no scopes are given, and never more', async () => {
    const { id, key, scopes } = await mine();
    const client = new Client(key);
    expect([scopes, (await client.get('/v1/contacts')).status]).toEqual([['*'], 200]);
    expect(refusalOf(await client.post('/v1/teams', { name: 'More' }))).toMatchObject({
      status: 403,
      details: { required_scope: 'teams:write' },
    });
    expect(dataOf(await agent.client.patch<One<Key>>(`/v1/api-keys/${id}`, { name: 'Named' })).name).toBe('Named');
    expect(
      refusalOf(await agent.client.post('/v1/api-keys', { name: 'More', kind: 'personal', scopes: ['teams:write'] })),
    ).toMatchObject({ status: 403, details: { missing_scopes: ['teams:write'] } });
  });

  it('should not let them near service keys and keys of others', async () => {
    const [service, own] = [await apiKey(workspace), await personalKey(workspace)];
    expect(
      refusalOf(await agent.client.post('/v1/api-keys', { name: 'Service', scopes: ['contacts:read'] })),
    ).toMatchObject({ status: 403, details: { required_scope: 'api_keys:write' } });
    for (const id of [service.id, own.id]) {
      expect(refusalOf(await agent.client.get(`/v1/api-keys/${id}`))).toMatchObject({
        status: 403,
        details: { required_scope: 'api_keys:read' },
      });
      expect(refusalOf(await agent.client.patch(`/v1/api-keys/${id}`, { name: 'Ours' }))).toMatchObject({
        status: 403,
        details: { required_scope: 'api_keys:write' },
      });
      for (const deed of ['rotate', 'revoke'])
        expect(
          refusalOf(await agent.client.post(`/v1/api-keys/${id}/${deed}`, deed === 'rotate' ? {} : undefined)).status,
        ).toBe(403);
    }
    expect([(await service.client.get('/v1/me')).status, (await own.client.get('/v1/me')).status]).toEqual([200, 200]);
  });

  it('should not beget one another, nor show themselves', async () => {
    const { id, key } = await mine();
    const client = new Client(key);
    expect(
      refusalOf(await client.post('/v1/api-keys', { name: 'Child', kind: 'personal', scopes: ['contacts:read'] }))
        .details,
    ).toEqual({ required_scope: 'api_keys:write' });
    for (const path of ['/v1/api-keys', `/v1/api-keys/${id}`])
      expect(refusalOf(await client.get(path)).details).toEqual({ required_scope: 'api_keys:read' });
    expect(refusalOf(await client.post(`/v1/api-keys/${id}/rotate`, {})).status).toBe(403);
  });

  it('should not be reached from another workspace', async () => {
    const { id } = await mine();
    const other = await register();
    expect(refusalOf(await other.client.get(`/v1/api-keys/${id}`)).status).toBe(404);
  });
});

describe('GET /v1/api-keys', () => {
  it('should narrow the list by kind and by what was revoked', async () => {
    const fresh = await register();
    const [service, gone, own] = [await apiKey(fresh), await apiKey(fresh), await personalKey(fresh)];
    await fresh.client.post(`/v1/api-keys/${gone.id}/revoke`);
    const ids = async (query: Record<string, string>): Promise<string[]> =>
      (await fresh.client.get<Many<Key>>('/v1/api-keys', query)).body.data.map(({ id }) => id);
    expect(await ids({})).toEqual([own.id, gone.id, service.id]);
    expect(await ids({ kind: 'personal' })).toEqual([own.id]);
    expect(await ids({ revoked: 'true' })).toEqual([gone.id]);
    expect(await ids({ revoked: 'false', kind: 'service,personal' })).toEqual([own.id, service.id]);
  });

  it('should not list keys of another workspace', async () => {
    const { id } = await apiKey(await register());
    expect(
      (await workspace.client.get<Many<Key>>('/v1/api-keys', { limit: 100 })).body.data.map((key) => key.id),
    ).not.toContain(id);
  });
});

async function get(id: string, client = workspace.client): Promise<Key> {
  return dataOf(await client.get<One<Key>>(`/v1/api-keys/${id}`));
}

describe('GET /v1/api-keys/{id}', () => {
  it('should say when and from where the key was used last', async () => {
    const { id, client } = await apiKey(workspace);
    expect(await get(id)).toMatchObject({ last_used_at: null, last_used_address: null });
    await client.get('/v1/me', {}, { 'x-forwarded-for': '203.0.113.20' });
    const used = await eventually(async () => ((await get(id)).last_used_at === null ? null : get(id)));
    expect(used.last_used_address).toBe('203.0.113.20');
  });

  it('should not show a personal key to others but those who may do everything', async () => {
    const admin = await makeMember(workspace, 'admin');
    const { id } = dataOf(await admin.client.post<One<Key>>('/v1/api-keys', { name: 'Theirs', kind: 'personal' }));
    expect((await get(id)).user_id).toBe(admin.userId);
    const { client } = await apiKey(workspace, ['api_keys:write']);
    expect(refusalOf(await client.get(`/v1/api-keys/${id}`)).status).toBe(404);
  });

  it('should not show a key of another workspace', async () => {
    const { id } = await apiKey(await register());
    expect(refusalOf(await workspace.client.get(`/v1/api-keys/${id}`)).status).toBe(404);
  });
});

describe('PATCH /v1/api-keys/{id}', () => {
  it('should change what is given, at once, and tell of it', async () => {
    const { id, client } = await apiKey(workspace);
    expect((await client.get('/v1/teams')).status).toBe(200);
    const expires_at = '2099-01-15T10:30:00.000Z';
    const changed = dataOf(
      await workspace.client.patch<One<Key>>(`/v1/api-keys/${id}`, {
        name: 'Narrow',
        scopes: ['read:contacts'],
        expires_at,
      }),
    );
    expect(changed).toMatchObject({ name: 'Narrow', scopes: ['contacts:read'], expires_at, version: 2 });
    expect(refusalOf(await client.get('/v1/teams')).status).toBe(403);
    expect(
      dataOf(await workspace.client.patch<One<Key>>(`/v1/api-keys/${id}`, { expires_at: null, name: 'Narrow' })),
    ).toMatchObject({ expires_at: null, scopes: ['contacts:read'], version: 3 });
    expect(dataOf(await workspace.client.patch<One<Key>>(`/v1/api-keys/${id}`, { name: 'Narrow' })).version).toBe(3);
    const [told] = (await eventsOf(workspace.client)).filter(
      ({ type, subject_id }) => type === 'api_key.updated' && subject_id === id,
    );
    expect(told!.data).toMatchObject({
      changed: { name: ['Test', 'Narrow'], scopes: [['*'], ['contacts:read']], expires_at: [null, expires_at] },
    });
  });

  it('should refuse scopes that there are not or the caller lacks, and a time that has passed', async () => {
    const { id } = await apiKey(workspace, ['contacts:read']);
    expect(
      refusalOf(await workspace.client.patch(`/v1/api-keys/${id}`, { scopes: ['contacts:delete'] })).details,
    ).toHaveProperty('scopes');
    expect(
      refusalOf(await workspace.client.patch(`/v1/api-keys/${id}`, { expires_at: '2020-01-01T00:00:00Z' })).details,
    ).toHaveProperty('expires_at');
    const { client } = await apiKey(workspace, ['api_keys:write', 'contacts:read']);
    expect(refusalOf(await client.patch(`/v1/api-keys/${id}`, { scopes: ['*'] }))).toMatchObject({
      status: 403,
      details: { missing_scopes: ['*'] },
    });
  });

  it('should refuse a key that was revoked, or is of somebody else', async () => {
    const { id } = await apiKey(workspace);
    await workspace.client.post(`/v1/api-keys/${id}/revoke`);
    expect(refusalOf(await workspace.client.patch(`/v1/api-keys/${id}`, { name: 'Again' })).status).toBe(422);
    const admin = await makeMember(workspace, 'admin');
    const theirs = dataOf(await admin.client.post<One<Key>>('/v1/api-keys', { name: 'Theirs', kind: 'personal' }));
    expect(refusalOf(await workspace.client.patch(`/v1/api-keys/${theirs.id}`, { name: 'Ours' })).status).toBe(403);
  });
});

it.each([
  ['PATCH', '/v1/me', { name: 'Somebody' }],
  ['GET', '/v1/sessions', undefined],
  ['POST', '/v1/sessions/revoke-others', undefined],
  ['POST', '/v1/auth/password', { current_password: 'x', new_password: 'a new password' }],
  ['POST', '/v1/auth/totp', { password: 'x' }],
  ['POST', '/v1/auth/email', { password: 'x', email: 'new@example.com' }],
] as const)(
  'should not let a key that was made for less decide how somebody signs in: %s %s',
  async (method, path, body) => {
    const own = await register();
    const less = dataOf(
      await own.client.post<One<Key>>('/v1/api-keys', {
        name: 'Less',
        kind: 'personal',
        scopes: ['conversations:read', 'users:write'],
      }),
    );
    const call = (key: string): Promise<number> =>
      new Client(key).send(method, path, { body }).then(({ status }) => status);
    expect(refusalOf(await new Client(less.key).send(method, path, { body }))).toMatchObject({
      status: 403,
      details: { required_scope: '*' },
    });
    expect((await new Client(less.key).get('/v1/me')).status).toBe(200);
    expect(await call((await personalKey(own)).client.credential!)).not.toBe(403);
  },
);

describe('POST /v1/api-keys/{id}/rotate', () => {
  const rotate = async (id: string, body: object = {}): Promise<Key> =>
    dataOf(await workspace.client.post<One<Key>>(`/v1/api-keys/${id}/rotate`, body));
  const status = async (client: Client): Promise<number> => (await client.get('/v1/me')).status;

  it('should show a new key once, while the one before works on for a day', async () => {
    const { id, client } = await apiKey(workspace, ['contacts:read']);
    const rotated = await rotate(id);
    const fresh = new Client(rotated.key);
    expect([await status(fresh), await status(client)]).toEqual([200, 200]);
    expect(dataOf(await fresh.get<One<Me>>('/v1/me')).scopes).toEqual(['contacts:read']);
    expect(Math.round((Date.parse(rotated.previous_key_expires_at!) - Date.now()) / 3_600_000)).toBe(24);
    expect(await get(id)).toMatchObject({ hint: rotated.hint, version: 2 });
    expect(JSON.stringify([await get(id), await eventsOf(workspace.client)])).not.toContain(rotated.key);
  });

  it('should end the key before when the overlap is over, and a key when it expires, though they were just in use', async () => {
    const { id, client } = await apiKey(workspace);
    expect(await status(client)).toBe(200);
    await rotate(id, { overlap_seconds: 1 });
    const brief = dataOf(
      await workspace.client.post<One<Key>>('/v1/api-keys', {
        name: 'Brief',
        scopes: ['contacts:read'],
        expires_at: new Date(Date.now() + 1_000).toISOString(),
      }),
    );
    expect([await status(client), await status(new Client(brief.key))]).toEqual([200, 200]);
    await setTimeout(1_200);
    expect([await status(client), await status(new Client(brief.key))]).toEqual([401, 401]);
  });

  it('should end the key before at once with no overlap, and the one before that with any', async () => {
    const { id, client } = await apiKey(workspace);
    const second = new Client((await rotate(id, { overlap_seconds: 3600 })).key);
    const third = await rotate(id, { overlap_seconds: 3600 });
    expect([await status(client), await status(second), await status(new Client(third.key))]).toEqual([401, 200, 200]);
    const fourth = await rotate(id, { overlap_seconds: 0 });
    expect(fourth.previous_key_expires_at).toBeNull();
    expect([await status(second), await status(new Client(third.key)), await status(new Client(fourth.key))]).toEqual([
      401, 401, 200,
    ]);
  });

  it('should end the key before when the overlap is over', async () => {
    const { id, client } = await apiKey(workspace);
    await rotate(id, { overlap_seconds: 60 });
    await inDatabase((database) =>
      database.query(`update teams.api_keys set previous_until = now() where id = $1`, [id]),
    );
    expect(await status(client)).toBe(401);
  });

  it('should keep the mode of the key', async () => {
    expect((await rotate((await make({ mode: 'test' })).id)).key).toMatch(/^sk_test_/);
  });

  it('should end all of its keys when it is revoked', async () => {
    const { id, client } = await apiKey(workspace);
    const { key } = await rotate(id);
    await workspace.client.post(`/v1/api-keys/${id}/revoke`);
    expect([await status(client), await status(new Client(key))]).toEqual([401, 401]);
    expect(refusalOf(await workspace.client.post(`/v1/api-keys/${id}/rotate`, {})).status).toBe(422);
  });

  it('should not give its caller more than they have, nor a key of somebody else', async () => {
    const { id } = await apiKey(workspace);
    const { client } = await apiKey(workspace, ['api_keys:write']);
    expect(refusalOf(await client.post(`/v1/api-keys/${id}/rotate`, {}))).toMatchObject({
      status: 403,
      details: { missing_scopes: ['*'] },
    });
    const admin = await makeMember(workspace, 'admin');
    const theirs = dataOf(await admin.client.post<One<Key>>('/v1/api-keys', { name: 'Theirs', kind: 'personal' }));
    expect(refusalOf(await workspace.client.post(`/v1/api-keys/${theirs.id}/rotate`, {})).status).toBe(403);
  });

  it('should refuse an overlap of more than seven days', async () => {
    const { id } = await apiKey(workspace);
    expect(
      refusalOf(await workspace.client.post(`/v1/api-keys/${id}/rotate`, { overlap_seconds: 604_801 })).details,
    ).toHaveProperty('overlap_seconds');
  });

  it('should not rotate a key of another workspace', async () => {
    const theirs = await apiKey(await register());
    expect(
      refusalOf(await workspace.client.post(`/v1/api-keys/${theirs.id}/rotate`, { overlap_seconds: 0 })).status,
    ).toBe(404);
    expect(await status(theirs.client)).toBe(200);
  });
});
