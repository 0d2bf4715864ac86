import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { invite, joinWorkspace, createMember } from '../factories/member.js';
import { Browser, type PageResult } from '../support/browser.js';
import { Client, getData, registerWorkspace, type Workspace } from '../support/client.js';
import { withDatabase } from '../support/database.js';
import { serverUrl } from '../support/document.js';
import { listEvents } from '../support/event-log.js';
import { IdentityProvider } from '../support/identity-provider.js';
import type { ItemResponse, ErrorResponse, User } from '../support/wire.js';

interface OidcProvider {
  readonly id: string;
  readonly start_url: string;
  readonly redirect_uri: string;
}

interface SignedIn {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly workspaces: readonly { readonly id: string }[];
}

const SECRET = 'a-secret-of-the-provider';

let idp: IdentityProvider;
let workspace: Workspace;
let browser: Browser;

beforeAll(async () => {
  // The provider library warns that it stores nothing, which is intended here.
  for (const method of ['warn', 'info'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
  idp = await IdentityProvider.listen();
});

afterAll(async () => {
  jest.restoreAllMocks();
  await idp.close();
});

beforeEach(async () => {
  workspace = await registerWorkspace();
  browser = new Browser();
});

async function createProvider(
  body: { client_secret?: string | null; [field: string]: unknown } = {},
): Promise<OidcProvider> {
  const settings = { name: 'Acme login', issuer: idp.issuer, client_id: 'parley', client_secret: SECRET, ...body };
  const created = getData(await workspace.client.post<ItemResponse<OidcProvider>>('/v1/oidc-providers', settings));
  idp.serve({ id: 'parley', secret: settings.client_secret, redirectUri: created.redirect_uri });
  return created;
}

function signedIn({ status, body }: PageResult): SignedIn {
  if (status !== 200) throw new Error(`sign-in failed with ${status}: ${JSON.stringify(body)}`);
  return (body as ItemResponse<SignedIn>).data;
}

function getRejection({ status, body }: PageResult): { status: number; message: string } {
  return { status, message: (body as ErrorResponse).error.message };
}

function email(): string {
  return `${randomUUID()}@acme.example`;
}

async function userOf({ access_token: token }: SignedIn): Promise<User> {
  return getData(await new Client(token).get<ItemResponse<User>>('/v1/me'));
}

describe('OIDC sign-in', () => {
  it('should find the member by verified e-mail first and by subject later', async () => {
    const member = await createMember(workspace);
    const { start_url } = await createProvider();
    idp.person = { subject: 'sub-1', email: member.email.toUpperCase() };
    const first = signedIn(await browser.open(start_url));
    expect(first).toMatchObject({ workspace_id: workspace.id, user_id: member.userId });
    expect((await userOf(first)).email).toBe(member.email);
    idp.person = { subject: 'sub-1', email: email(), emailVerified: false };
    expect(signedIn(await new Browser().open(start_url)).user_id).toBe(member.userId);
    const logins = (await listEvents(workspace.client)).filter(
      ({ type, subject_id }) => type === 'security.login' && subject_id === member.userId,
    );
    expect(logins).toHaveLength(3);
  });

  it('should return refreshable tokens that reveal no other workspaces', async () => {
    const { start_url } = await createProvider();
    await joinWorkspace(await registerWorkspace(), workspace.userId);
    idp.person = { subject: 'sub-1', email: workspace.email };
    const { refresh_token, workspaces } = signedIn(await browser.open(start_url));
    const refreshed = getData(await new Client().post<ItemResponse<SignedIn>>('/v1/auth/refresh', { refresh_token }));
    for (const emitted of [workspaces, refreshed.workspaces])
      expect(emitted.map(({ id }) => id)).toEqual([workspace.id]);
    expect((await new Client(refreshed.access_token).post('/v1/auth/logout')).status).toBe(204);
    expect((await new Client(refreshed.access_token).get('/v1/me')).status).toBe(401);
  });

  it('should work without a client secret', async () => {
    const { start_url } = await createProvider({ client_secret: null });
    idp.person = { subject: 'sub-1', email: workspace.email };
    expect(signedIn(await browser.open(start_url)).user_id).toBe(workspace.userId);
  });

  it('should reject an unverified or missing e-mail and users without an account', async () => {
    const { start_url } = await createProvider();
    idp.person = { subject: 'sub-1', email: workspace.email, emailVerified: false };
    expect(getRejection(await browser.open(start_url))).toEqual({
      status: 403,
      message: 'The provider has not verified your e-mail',
    });
    idp.person = { subject: 'sub-2' };
    expect(getRejection(await new Browser().open(start_url))).toEqual({
      status: 403,
      message: 'The provider did not return a valid e-mail for you',
    });
    idp.person = { subject: 'sub-3', email: email() };
    expect(getRejection(await new Browser().open(start_url)).status).toBe(403);
  });

  it('should activate an invited user with a verified e-mail', async () => {
    const { id, email: address, invitation } = await invite(workspace.client);
    const { start_url } = await createProvider();
    idp.person = { subject: 'sub-1', email: address, emailVerified: false };
    expect(getRejection(await browser.open(start_url)).status).toBe(403);
    idp.person = { subject: 'sub-1', email: address };
    const joined = signedIn(await new Browser().open(start_url));
    expect(joined.user_id).toBe(id);
    expect(await userOf(joined)).toMatchObject({ status: 'active', role: 'agent' });
    expect((await new Client().post('/v1/auth/invitations/preview', { token: invitation.token })).status).toBe(401);
    expect(
      (await listEvents(workspace.client)).filter(
        ({ type, subject_id }) => type === 'user.joined' && subject_id === id,
      ),
    ).toHaveLength(1);
  });

  it('should reject a deactivated user with a known or unknown subject', async () => {
    const member = await createMember(workspace);
    const { start_url } = await createProvider({ auto_provision: true });
    idp.person = { subject: 'sub-1', email: member.email };
    signedIn(await browser.open(start_url));
    await withDatabase((database) =>
      database.query(`update teams.memberships set status = 'inactive' where user_id = $1`, [member.userId]),
    );
    expect(getRejection(await new Browser().open(start_url))).toEqual({
      status: 403,
      message: 'Your account in this workspace is not active',
    });
    idp.person = { subject: 'sub-2', email: member.email };
    expect(getRejection(await new Browser().open(start_url)).status).toBe(403);
  });

  it('should create a user with the default role when auto-provisioning is on', async () => {
    const { id: role } = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>('/v1/roles', { name: 'Lead', scopes: ['tags:read'] }),
    );
    const { start_url } = await createProvider({
      auto_provision: true,
      default_role: role,
      allowed_domains: ['acme.example'],
    });
    idp.person = { subject: 'sub-1', email: email(), name: 'Ada Lovelace' };
    const first = signedIn(await browser.open(start_url));
    expect(await userOf(first)).toMatchObject({ name: 'Ada Lovelace', email: idp.person.email, role });
    expect(signedIn(await new Browser().open(start_url)).user_id).toBe(first.user_id);
    expect(
      (await listEvents(workspace.client)).filter(
        ({ type, subject_id }) => type === 'user.joined' && subject_id === first.user_id,
      ),
    ).toHaveLength(1);
  });

  it('should reject e-mails of other domains, also of known users', async () => {
    const { id, start_url } = await createProvider({ auto_provision: true });
    idp.person = { subject: 'sub-1', email: 'ada@evil.example' };
    signedIn(await browser.open(start_url));
    await workspace.client.patch(`/v1/oidc-providers/${id}`, { allowed_domains: ['acme.example'] });
    expect(getRejection(await new Browser().open(start_url))).toEqual({
      status: 403,
      message: 'The domain of your e-mail is not allowed to sign in here',
    });
  });

  it('should discard known subjects when the issuer changes', async () => {
    const { id, start_url } = await createProvider();
    idp.person = { subject: 'sub-1', email: workspace.email };
    signedIn(await browser.open(start_url));
    await workspace.client.patch(`/v1/oidc-providers/${id}`, { issuer: 'https://elsewhere.example' });
    await workspace.client.patch(`/v1/oidc-providers/${id}`, { issuer: idp.issuer });
    idp.person = { subject: 'sub-1', email: email() };
    expect(getRejection(await new Browser().open(start_url)).status).toBe(403);
  });

  it('should reject members of another workspace', async () => {
    const other = await registerWorkspace();
    const { start_url } = await createProvider();
    idp.person = { subject: 'sub-1', email: other.email };
    expect(getRejection(await browser.open(start_url)).status).toBe(403);
  });
});

describe('OIDC callback', () => {
  const returned = ({ pathname }: URL): boolean => pathname.endsWith('/callback');

  beforeEach(() => {
    idp.person = { subject: 'sub-1', email: workspace.email };
  });

  it('should be accepted once', async () => {
    const { start_url } = await createProvider();
    const { url } = await browser.open(start_url, returned);
    signedIn(await browser.open(url.href));
    expect(getRejection(await browser.open(url.href)).status).toBe(401);
  });

  it('should be accepted only in the browser that started the sign-in', async () => {
    const { start_url } = await createProvider();
    const { url } = await browser.open(start_url, returned);
    expect(getRejection(await new Browser().open(url.href)).status).toBe(401);
  });

  it('should be rejected after ten minutes and with an unknown state', async () => {
    const { id, start_url } = await createProvider();
    const { url } = await browser.open(start_url, returned);
    const { rows } = await withDatabase((database) =>
      database.query<{ seconds: number }>(
        'select extract(epoch from expires_at - now())::int as seconds from teams.oidc_sign_ins where provider_id = $1',
        [id],
      ),
    );
    expect(rows[0]!.seconds).toBeGreaterThan(590);
    expect(rows[0]!.seconds).toBeLessThanOrEqual(600);
    await withDatabase((database) =>
      database.query('update teams.oidc_sign_ins set expires_at = now() where provider_id = $1', [id]),
    );
    expect(getRejection(await browser.open(url.href)).status).toBe(401);
    url.searchParams.set('state', 'another');
    expect(getRejection(await browser.open(url.href)).status).toBe(401);
  });

  it('should be rejected with the code of another sign-in', async () => {
    const { start_url } = await createProvider();
    const [own, foreign] = [await browser.open(start_url, returned), await new Browser().open(start_url, returned)];
    own.url.searchParams.set('code', foreign.url.searchParams.get('code')!);
    expect(getRejection(await browser.open(own.url.href))).toEqual({
      status: 401,
      message: 'The provider did not confirm your identity: sign in again',
    });
  });

  it('should be rejected when the signature of the ID token is wrong', async () => {
    const { start_url } = await createProvider();
    idp.forgesSignatures = true;
    try {
      expect(getRejection(await browser.open(start_url))).toEqual({
        status: 401,
        message: 'The provider did not confirm your identity: sign in again',
      });
    } finally {
      idp.forgesSignatures = false;
    }
    signedIn(await new Browser().open(start_url));
  });

  it('should be rejected when the provider returns an error', async () => {
    const { start_url } = await createProvider();
    const { url } = await browser.open(start_url, returned);
    url.searchParams.delete('code');
    url.searchParams.set('error', 'access_denied');
    expect(getRejection(await browser.open(url.href)).status).toBe(401);
  });

  it('should redirect to return_to with the tokens or the error in the fragment', async () => {
    const { start_url } = await createProvider();
    const back = ({ pathname }: URL): boolean => pathname === '/inbox';
    const { url } = await browser.open(`${start_url}?return_to=${encodeURIComponent('/inbox?tab=mine')}`, back);
    expect(url.href.split('#')[0]).toBe(`${serverUrl()}/inbox?tab=mine`);
    const fragment = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
    expect(fragment).toMatchObject({
      token_type: 'Bearer',
      workspace_id: workspace.id,
      user_id: workspace.userId,
      refresh_token: expect.stringMatching(/^rt_/),
    });
    expect((await new Client(fragment.access_token!).get('/v1/me')).status).toBe(200);
    idp.person = { subject: 'sub-2', email: email() };
    const second = await new Browser().open(`${start_url}?return_to=/inbox`, back);
    expect(Object.fromEntries(new URLSearchParams(second.url.hash.slice(1)))).toMatchObject({
      error: 'FORBIDDEN',
      error_description: expect.any(String),
    });
  });

  it('should reject a return_to on another server', async () => {
    const { start_url } = await createProvider();
    for (const to of ['https://evil.example', '//evil.example', 'javascript:alert(1)']) {
      expect(getRejection(await browser.open(`${start_url}?return_to=${encodeURIComponent(to)}`)).status).toBe(400);
    }
  });
});

describe('OIDC provider failures', () => {
  it('should return 503 when the provider is unreachable', async () => {
    const { start_url } = await createProvider();
    idp.disconnect();
    expect(getRejection(await browser.open(start_url)).status).toBe(503);
  });

  it('should return 404 when the provider is disabled or deleted', async () => {
    const { id, start_url } = await createProvider({ enabled: false });
    expect(getRejection(await browser.open(start_url)).status).toBe(404);
    await workspace.client.delete(`/v1/oidc-providers/${id}`);
    expect(getRejection(await browser.open(start_url)).status).toBe(404);
  });

  it('should return 503 when the provider reports a different issuer', async () => {
    const { id, start_url } = await createProvider();
    await workspace.client.patch(`/v1/oidc-providers/${id}`, { issuer: idp.issuer.replace('127.0.0.1', 'localhost') });
    expect(getRejection(await browser.open(start_url)).status).toBe(503);
  });
});
