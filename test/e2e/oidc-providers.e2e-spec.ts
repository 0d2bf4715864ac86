import { randomUUID } from 'node:crypto';
import { createApiKey, Client, getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { withDatabase } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, ItemResponse } from '../support/wire.js';

interface OidcProvider {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly has_client_secret: boolean;
  readonly allowed_domains: readonly string[];
  readonly start_url: string;
  readonly redirect_uri: string;
  readonly version: number;
}

const PROVIDER = { name: 'Acme login', issuer: 'https://login.acme.example', client_id: 'parley' };

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

async function createProvider(body: object = {}, client: Client = workspace.client): Promise<OidcProvider> {
  return getData(await client.post<ItemResponse<OidcProvider>>('/v1/oidc-providers', { ...PROVIDER, ...body }));
}

describe('GET /v1/auth/oidc', () => {
  const listForSignIn = async (workspace_id: string): Promise<readonly object[]> =>
    (await new Client().get<ListResponse<object>>('/v1/auth/oidc', { workspace_id })).body.data;

  it('should list the ID and name of enabled providers without a credential', async () => {
    const [first, second] = [await createProvider(), await createProvider({ name: 'Partners' })];
    await createProvider({ name: 'Not yet', enabled: false });
    expect(await listForSignIn(workspace.id)).toEqual([
      { id: first.id, name: 'Acme login' },
      { id: second.id, name: 'Partners' },
    ]);
  });

  it('should return an empty list for other and unknown workspaces', async () => {
    await createProvider();
    expect(await listForSignIn((await registerWorkspace()).id)).toEqual([]);
    expect(await listForSignIn(randomUUID())).toEqual([]);
    expect(getError(await new Client().get('/v1/auth/oidc')).details).toHaveProperty('workspace_id');
  });
});

describe('POST /v1/oidc-providers', () => {
  it('should create a provider with its URLs and never return the secret', async () => {
    const created = await createProvider({
      client_secret: 'hush-hush-hush',
      allowed_domains: ['ACME.example', 'acme.example', 'M\u00fcnchen.example', 'xn--mnchen-3ya.example'],
    });
    expect(created).toMatchObject({
      ...PROVIDER,
      has_client_secret: true,
      allowed_domains: ['acme.example', 'xn--mnchen-3ya.example'],
      auto_provision: false,
      default_role: 'agent',
      enabled: true,
      version: 1,
    });
    expect([created.start_url, created.redirect_uri].map((url) => new URL(url).pathname)).toEqual([
      `/v1/auth/oidc/${created.id}/start`,
      `/v1/auth/oidc/${created.id}/callback`,
    ]);
    const { rows } = await withDatabase((database) =>
      database.query('select * from teams.oidc_providers where id = $1', [created.id]),
    );
    const seen = JSON.stringify([
      created,
      rows,
      await listEvents(workspace.client),
      (await workspace.client.get('/v1/oidc-providers')).body,
    ]);
    expect(seen).not.toContain('hush-hush-hush');
    expect((await listEvents(workspace.client)).filter(({ type }) => type === 'oidc_provider.created')).toHaveLength(1);
  });

  it('should reject invalid issuers, domains and roles', async () => {
    const rejected = async (body: object): Promise<Record<string, unknown>> =>
      getError(await workspace.client.post('/v1/oidc-providers', { ...PROVIDER, ...body })).details;
    expect(await rejected({ issuer: 'http://login.acme.example' })).toEqual({
      issuer: ['issuer must start with https://'],
    });
    expect(await rejected({ issuer: 'https://10.0.0.1' })).toEqual({ issuer: [expect.stringContaining('10.0.0.1')] });
    expect(await rejected({ allowed_domains: ['@acme.example', 'acme'] })).toHaveProperty('allowed_domains');
    expect(
      getError(await workspace.client.post('/v1/oidc-providers', { ...PROVIDER, default_role: 'owner' })).status,
    ).toBe(422);
    expect(
      getError(await workspace.client.post('/v1/oidc-providers', { ...PROVIDER, default_role: 'boss' })),
    ).toMatchObject({ status: 422, details: { default_role: 'boss' } });
  });

  it('should require a credential with all scopes', async () => {
    const { client } = await createApiKey(workspace, ['settings:write']);
    expect(getError(await client.post('/v1/oidc-providers', PROVIDER))).toMatchObject({
      status: 403,
      details: { missing_scopes: ['*'] },
    });
    const { id } = await createProvider();
    expect(getError(await client.patch(`/v1/oidc-providers/${id}`, { name: 'Mine' })).status).toBe(403);
    expect(getError(await client.delete(`/v1/oidc-providers/${id}`)).status).toBe(403);
  });
});

describe('PATCH and DELETE /v1/oidc-providers/{id}', () => {
  it('should change only the given fields and emit an event', async () => {
    const { id } = await createProvider({ client_secret: 'hush-hush-hush' });
    const changed = getData(
      await workspace.client.patch<ItemResponse<OidcProvider>>(`/v1/oidc-providers/${id}`, {
        name: 'Acme',
        client_secret: null,
        allowed_domains: ['acme.example'],
      }),
    );
    expect(changed).toMatchObject({
      name: 'Acme',
      issuer: PROVIDER.issuer,
      has_client_secret: false,
      allowed_domains: ['acme.example'],
      version: 2,
    });
    expect(
      getData(await workspace.client.patch<ItemResponse<OidcProvider>>(`/v1/oidc-providers/${id}`, { name: 'Acme' }))
        .version,
    ).toBe(2);
    const [emitted] = (await listEvents(workspace.client)).filter(({ type }) => type === 'oidc_provider.updated');
    expect(emitted!.data).toMatchObject({
      changed: {
        name: ['Acme login', 'Acme'],
        client_secret: ['previous secret', null],
        allowed_domains: [[], ['acme.example']],
      },
    });
  });

  it('should delete the provider', async () => {
    const { id } = await createProvider();
    expect((await workspace.client.delete(`/v1/oidc-providers/${id}`)).status).toBe(204);
    expect((await workspace.client.get<ListResponse<OidcProvider>>('/v1/oidc-providers')).body.data).toEqual([]);
  });

  it('should prevent the deletion of its default role', async () => {
    const { id } = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>('/v1/roles', { name: 'Lead', scopes: ['tags:read'] }),
    );
    await createProvider({ default_role: id });
    expect(getError(await workspace.client.delete(`/v1/roles/${id}`)).status).toBe(409);
  });

  it('should return 404 for a provider of another workspace', async () => {
    const other = await registerWorkspace();
    const { id } = await createProvider({}, other.client);
    const path = `/v1/oidc-providers/${id}`;
    for (const response of [
      await workspace.client.get(path),
      await workspace.client.patch(path, { name: 'Ours' }),
      await workspace.client.delete(path),
    ])
      expect(getError(response).status).toBe(404);
    expect((await workspace.client.get<ListResponse<OidcProvider>>('/v1/oidc-providers')).body.data).toEqual([]);
  });
});
