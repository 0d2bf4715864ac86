import { randomUUID } from 'node:crypto';
import { apiKey, Client, dataOf, refusalOf, register, type Workspace } from '../support/client.js';
import { inDatabase } from '../support/database.js';
import { eventsOf } from '../support/event-log.js';
import type { Many, One } from '../support/wire.js';

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
  workspace = await register();
});

async function make(body: object = {}, client: Client = workspace.client): Promise<OidcProvider> {
  return dataOf(await client.post<One<OidcProvider>>('/v1/oidc-providers', { ...PROVIDER, ...body }));
}

describe('GET /v1/auth/oidc', () => {
  const shown = async (workspace_id: string): Promise<readonly object[]> =>
    (await new Client().get<Many<object>>('/v1/auth/oidc', { workspace_id })).body.data;

  it('should show the id and name of those that one can sign in through, to anybody', async () => {
    const [first, second] = [await make(), await make({ name: 'Partners' })];
    await make({ name: 'Not yet', enabled: false });
    expect(await shown(workspace.id)).toEqual([
      { id: first.id, name: 'Acme login' },
      { id: second.id, name: 'Partners' },
    ]);
  });

  it('should not show those of another workspace, nor tell one without any from one that there is not', async () => {
    await make();
    expect(await shown((await register()).id)).toEqual([]);
    expect(await shown(randomUUID())).toEqual([]);
    expect(refusalOf(await new Client().get('/v1/auth/oidc')).details).toHaveProperty('workspace_id');
  });
});

describe('POST /v1/oidc-providers', () => {
  it('should make a provider with its addresses, and never show the secret', async () => {
    const made = await make({ client_secret: 'hush-hush-hush', allowed_domains: ['ACME.example', 'acme.example'] });
    expect(made).toMatchObject({
      ...PROVIDER,
      has_client_secret: true,
      allowed_domains: ['acme.example'],
      auto_provision: false,
      default_role: 'agent',
      enabled: true,
      version: 1,
    });
    expect([made.start_url, made.redirect_uri].map((url) => new URL(url).pathname)).toEqual([
      `/v1/auth/oidc/${made.id}/start`,
      `/v1/auth/oidc/${made.id}/callback`,
    ]);
    const { rows } = await inDatabase((database) =>
      database.query('select * from teams.oidc_providers where id = $1', [made.id]),
    );
    const seen = JSON.stringify([
      made,
      rows,
      await eventsOf(workspace.client),
      (await workspace.client.get('/v1/oidc-providers')).body,
    ]);
    expect(seen).not.toContain('hush-hush-hush');
    expect((await eventsOf(workspace.client)).filter(({ type }) => type === 'oidc_provider.created')).toHaveLength(1);
  });

  it('should name what is wrong with it', async () => {
    const refused = async (body: object): Promise<Record<string, unknown>> =>
      refusalOf(await workspace.client.post('/v1/oidc-providers', { ...PROVIDER, ...body })).details;
    expect(await refused({ issuer: 'http://login.acme.example' })).toEqual({
      issuer: ['issuer must begin with https://'],
    });
    expect(await refused({ issuer: 'https://10.0.0.1' })).toEqual({ issuer: [expect.stringContaining('10.0.0.1')] });
    expect(await refused({ allowed_domains: ['@acme.example', 'acme'] })).toHaveProperty('allowed_domains');
    expect(
      refusalOf(await workspace.client.post('/v1/oidc-providers', { ...PROVIDER, default_role: 'owner' })).status,
    ).toBe(422);
    expect(
      refusalOf(await workspace.client.post('/v1/oidc-providers', { ...PROVIDER, default_role: 'boss' })),
    ).toMatchObject({ status: 422, details: { default_role: 'boss' } });
  });

  it('should take a credential with all scopes', async () => {
    const { client } = await apiKey(workspace, ['settings:write']);
    expect(refusalOf(await client.post('/v1/oidc-providers', PROVIDER))).toMatchObject({
      status: 403,
      details: { missing_scopes: ['*'] },
    });
    const { id } = await make();
    expect(refusalOf(await client.patch(`/v1/oidc-providers/${id}`, { name: 'Mine' })).status).toBe(403);
    expect(refusalOf(await client.delete(`/v1/oidc-providers/${id}`)).status).toBe(403);
  });
});

describe('PATCH and DELETE /v1/oidc-providers/{id}', () => {
  it('should change what is given, and tell of it', async () => {
    const { id } = await make({ client_secret: 'hush-hush-hush' });
    const changed = dataOf(
      await workspace.client.patch<One<OidcProvider>>(`/v1/oidc-providers/${id}`, {
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
      dataOf(await workspace.client.patch<One<OidcProvider>>(`/v1/oidc-providers/${id}`, { name: 'Acme' })).version,
    ).toBe(2);
    const [told] = (await eventsOf(workspace.client)).filter(({ type }) => type === 'oidc_provider.updated');
    expect(told!.data).toMatchObject({
      changed: {
        name: ['Acme login', 'Acme'],
        client_secret: ['a secret', null],
        allowed_domains: [[], ['acme.example']],
      },
    });
  });

  it('should delete it', async () => {
    const { id } = await make();
    expect((await workspace.client.delete(`/v1/oidc-providers/${id}`)).status).toBe(204);
    expect((await workspace.client.get<Many<OidcProvider>>('/v1/oidc-providers')).body.data).toEqual([]);
  });

  it('should keep a role that a provider gives', async () => {
    const { id } = dataOf(
      await workspace.client.post<One<{ id: string }>>('/v1/roles', { name: 'Lead', scopes: ['tags:read'] }),
    );
    await make({ default_role: id });
    expect(refusalOf(await workspace.client.delete(`/v1/roles/${id}`)).status).toBe(409);
  });

  it('should not see or touch a provider of another workspace', async () => {
    const other = await register();
    const { id } = await make({}, other.client);
    const path = `/v1/oidc-providers/${id}`;
    for (const answer of [
      await workspace.client.get(path),
      await workspace.client.patch(path, { name: 'Ours' }),
      await workspace.client.delete(path),
    ])
      expect(refusalOf(answer).status).toBe(404);
    expect((await workspace.client.get<Many<OidcProvider>>('/v1/oidc-providers')).body.data).toEqual([]);
  });
});
