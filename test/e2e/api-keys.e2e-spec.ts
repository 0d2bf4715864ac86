import { apiKey, Client, dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Many, One } from '../support/wire.js';

interface Key {
  readonly id: string;
  readonly kind: string;
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
    const me = async (body: object): Promise<Me> => dataOf(await new Client((await make(body)).key!).get<One<Me>>('/v1/me'));
    expect(await me({ kind: 'service' })).toMatchObject({ user: null, role: 'service' });
    expect(await me({ kind: 'personal', mode: 'test' })).toMatchObject({ user: { id: workspace.userId }, role: 'owner' });
  });

  it('should take scopes in either spelling and refuse unknown ones by name', async () => {
    expect((await make({ scopes: ['read:contacts', 'contacts:read', 'files:write'] })).scopes).toEqual(['contacts:read', 'files:write']);
    const refusal = refusalOf(await workspace.client.post('/v1/api-keys', { name: 'Wrong', scopes: ['contacts:read', 'contacts:delete'] }));
    expect(refusal).toMatchObject({ status: 400, details: { scopes: ['scopes[1]: there is no scope "contacts:delete"'] } });
  });

  it('should not give away more than its maker has', async () => {
    const { client } = await apiKey(workspace, ['api_keys:write', 'contacts:read']);
    for (const scopes of [['*'], ['contacts:write'], ['teams:read']]) {
      expect(refusalOf(await client.post('/v1/api-keys', { name: 'More', scopes }))).toMatchObject({ status: 403, details: { missing_scopes: scopes } });
    }
    expect((await client.post('/v1/api-keys', { name: 'Less', scopes: ['contacts:read'] })).status).toBe(201);
    expect(refusalOf(await client.post('/v1/api-keys', { name: 'Mine', kind: 'personal', scopes: ['contacts:read'] })).status).toBe(422);
  });

  it('should refuse an expiry that has passed', async () => {
    expect(refusalOf(await workspace.client.post('/v1/api-keys', { name: 'Late', expires_at: '2020-01-01T00:00:00Z' }))).toMatchObject({ status: 400, details: { expires_at: expect.any(Array) } });
  });
});

describe('scopes', () => {
  it('should let write include read, and nothing else', async () => {
    const { client } = await apiKey(workspace, ['contacts:write']);
    expect((await client.get('/v1/contacts')).status).toBe(200);
    expect((await client.post('/v1/contacts', { name: 'Ada' })).status).toBe(201);
    expect(refusalOf(await client.get('/v1/teams'))).toMatchObject({ status: 403, details: { required_scope: 'teams:read' } });
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
    expect((await eventsOf(workspace.client)).filter(({ type, subject_id }) => type === 'api_key.revoked' && subject_id === id)).toHaveLength(1);
  });

  it('should not end a key of another workspace', async () => {
    const theirs = await apiKey(await register());
    expect(refusalOf(await workspace.client.post(`/v1/api-keys/${theirs.id}/revoke`)).status).toBe(404);
    expect((await theirs.client.get('/v1/me')).status).toBe(200);
  });
});

it('should not list keys of another workspace', async () => {
  const { id } = await apiKey(await register());
  expect((await workspace.client.get<Many<Key>>('/v1/api-keys', { limit: 100 })).body.data.map((key) => key.id)).not.toContain(id);
});
