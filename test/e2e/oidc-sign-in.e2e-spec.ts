import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { invite, joinWorkspace, makeMember } from '../factories/member.js';
import { Browser, type Arrival } from '../support/browser.js';
import { Client, dataOf, register, type Workspace } from '../support/client.js';
import { inDatabase } from '../support/database.js';
import { serverUrl } from '../support/document.js';
import { eventsOf } from '../support/event-log.js';
import { IdentityProvider } from '../support/identity-provider.js';
import type { One, Refusal, User } from '../support/wire.js';

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
  // It tells at length that it keeps nothing, which is what it is to do here.
  for (const method of ['warn', 'info'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
  idp = await IdentityProvider.listen();
});

afterAll(async () => {
  jest.restoreAllMocks();
  await idp.close();
});

beforeEach(async () => {
  workspace = await register();
  browser = new Browser();
});

async function makeProvider(
  body: { client_secret?: string | null; [field: string]: unknown } = {},
): Promise<OidcProvider> {
  const settings = { name: 'Acme login', issuer: idp.issuer, client_id: 'parley', client_secret: SECRET, ...body };
  const made = dataOf(await workspace.client.post<One<OidcProvider>>('/v1/oidc-providers', settings));
  idp.serve({ id: 'parley', secret: settings.client_secret, redirectUri: made.redirect_uri });
  return made;
}

function signedIn({ status, body }: Arrival): SignedIn {
  if (status !== 200) throw new Error(`signing in was refused with ${status}: ${JSON.stringify(body)}`);
  return (body as One<SignedIn>).data;
}

function refused({ status, body }: Arrival): { status: number; message: string } {
  return { status, message: (body as Refusal).error.message };
}

function email(): string {
  return `${randomUUID()}@acme.example`;
}

async function userOf({ access_token: token }: SignedIn): Promise<User> {
  return dataOf(await new Client(token).get<One<{ user: User }>>('/v1/me')).user;
}

describe('signing in through a provider', () => {
  it('should sign in the member whose verified e-mail it is, and know them by their subject from then on', async () => {
    const member = await makeMember(workspace);
    const { start_url } = await makeProvider();
    idp.person = { subject: 'sub-1', email: member.email.toUpperCase() };
    const first = signedIn(await browser.open(start_url));
    expect(first).toMatchObject({ workspace_id: workspace.id, user_id: member.userId });
    expect((await userOf(first)).email).toBe(member.email);
    idp.person = { subject: 'sub-1', email: email(), emailVerified: false };
    expect(signedIn(await new Browser().open(start_url)).user_id).toBe(member.userId);
    const logins = (await eventsOf(workspace.client)).filter(
      ({ type, subject_id }) => type === 'security.login' && subject_id === member.userId,
    );
    expect(logins).toHaveLength(3);
  });

  it('should give tokens that can be refreshed, and ended, without a word of the other workspaces of the person', async () => {
    const { start_url } = await makeProvider();
    await joinWorkspace(await register(), workspace.userId);
    idp.person = { subject: 'sub-1', email: workspace.email };
    const { refresh_token, workspaces } = signedIn(await browser.open(start_url));
    const refreshed = dataOf(await new Client().post<One<SignedIn>>('/v1/auth/refresh', { refresh_token }));
    for (const told of [workspaces, refreshed.workspaces]) expect(told.map(({ id }) => id)).toEqual([workspace.id]);
    expect((await new Client(refreshed.access_token).post('/v1/auth/logout')).status).toBe(204);
    expect((await new Client(refreshed.access_token).get('/v1/me')).status).toBe(401);
  });

  it('should work without a client secret', async () => {
    const { start_url } = await makeProvider({ client_secret: null });
    idp.person = { subject: 'sub-1', email: workspace.email };
    expect(signedIn(await browser.open(start_url)).user_id).toBe(workspace.userId);
  });

  it('should refuse an e-mail that is not verified, and whoever has no account', async () => {
    const { start_url } = await makeProvider();
    idp.person = { subject: 'sub-1', email: workspace.email, emailVerified: false };
    expect(refused(await browser.open(start_url))).toEqual({
      status: 403,
      message: 'The provider has not verified your e-mail',
    });
    idp.person = { subject: 'sub-2' };
    expect(refused(await new Browser().open(start_url))).toEqual({
      status: 403,
      message: 'The provider does not say what your e-mail is',
    });
    idp.person = { subject: 'sub-3', email: email() };
    expect(refused(await new Browser().open(start_url)).status).toBe(403);
  });

  it('should let whoever is invited join by a verified e-mail', async () => {
    const { id, email: address, invitation } = await invite(workspace.client);
    const { start_url } = await makeProvider();
    idp.person = { subject: 'sub-1', email: address, emailVerified: false };
    expect(refused(await browser.open(start_url)).status).toBe(403);
    idp.person = { subject: 'sub-1', email: address };
    const joined = signedIn(await new Browser().open(start_url));
    expect(joined.user_id).toBe(id);
    expect(await userOf(joined)).toMatchObject({ status: 'active', role: 'agent' });
    expect((await new Client().post('/v1/auth/invitations/show', { token: invitation.token })).status).toBe(401);
    expect(
      (await eventsOf(workspace.client)).filter(({ type, subject_id }) => type === 'user.joined' && subject_id === id),
    ).toHaveLength(1);
  });

  it('should refuse whoever was deactivated, known or not', async () => {
    const member = await makeMember(workspace);
    const { start_url } = await makeProvider({ auto_provision: true });
    idp.person = { subject: 'sub-1', email: member.email };
    signedIn(await browser.open(start_url));
    await inDatabase((database) =>
      database.query(`update teams.memberships set status = 'inactive' where user_id = $1`, [member.userId]),
    );
    expect(refused(await new Browser().open(start_url))).toEqual({
      status: 403,
      message: 'Your account here is not active',
    });
    idp.person = { subject: 'sub-2', email: member.email };
    expect(refused(await new Browser().open(start_url)).status).toBe(403);
  });

  it('should give whoever is new an account, where it may, with the role for it', async () => {
    const { id: role } = dataOf(
      await workspace.client.post<One<{ id: string }>>('/v1/roles', { name: 'Lead', scopes: ['tags:read'] }),
    );
    const { start_url } = await makeProvider({
      auto_provision: true,
      default_role: role,
      allowed_domains: ['acme.example'],
    });
    idp.person = { subject: 'sub-1', email: email(), name: 'Ada Lovelace' };
    const first = signedIn(await browser.open(start_url));
    expect(await userOf(first)).toMatchObject({ name: 'Ada Lovelace', email: idp.person.email, role });
    expect(signedIn(await new Browser().open(start_url)).user_id).toBe(first.user_id);
    expect(
      (await eventsOf(workspace.client)).filter(
        ({ type, subject_id }) => type === 'user.joined' && subject_id === first.user_id,
      ),
    ).toHaveLength(1);
  });

  it('should refuse e-mails of other domains, also of those it knows', async () => {
    const { id, start_url } = await makeProvider({ auto_provision: true });
    idp.person = { subject: 'sub-1', email: 'ada@evil.example' };
    signedIn(await browser.open(start_url));
    await workspace.client.patch(`/v1/oidc-providers/${id}`, { allowed_domains: ['acme.example'] });
    expect(refused(await new Browser().open(start_url))).toEqual({
      status: 403,
      message: 'Your e-mail is of a domain that may not sign in here',
    });
  });

  it('should forget its subjects when the issuer changes', async () => {
    const { id, start_url } = await makeProvider();
    idp.person = { subject: 'sub-1', email: workspace.email };
    signedIn(await browser.open(start_url));
    await workspace.client.patch(`/v1/oidc-providers/${id}`, { issuer: 'https://elsewhere.example' });
    await workspace.client.patch(`/v1/oidc-providers/${id}`, { issuer: idp.issuer });
    idp.person = { subject: 'sub-1', email: email() };
    expect(refused(await new Browser().open(start_url)).status).toBe(403);
  });

  it('should not sign in to another workspace', async () => {
    const other = await register();
    const { start_url } = await makeProvider();
    idp.person = { subject: 'sub-1', email: other.email };
    expect(refused(await browser.open(start_url)).status).toBe(403);
  });
});

describe('coming back from a provider', () => {
  const comesBack = ({ pathname }: URL): boolean => pathname.endsWith('/callback');

  beforeEach(() => {
    idp.person = { subject: 'sub-1', email: workspace.email };
  });

  it('should work once', async () => {
    const { start_url } = await makeProvider();
    const { url } = await browser.open(start_url, comesBack);
    signedIn(await browser.open(url.href));
    expect(refused(await browser.open(url.href)).status).toBe(401);
  });

  it('should work in the browser that began only', async () => {
    const { start_url } = await makeProvider();
    const { url } = await browser.open(start_url, comesBack);
    expect(refused(await new Browser().open(url.href)).status).toBe(401);
  });

  it('should not work after ten minutes, nor with another state', async () => {
    const { id, start_url } = await makeProvider();
    const { url } = await browser.open(start_url, comesBack);
    const { rows } = await inDatabase((database) =>
      database.query<{ seconds: number }>(
        'select extract(epoch from expires_at - now())::int as seconds from teams.oidc_sign_ins where provider_id = $1',
        [id],
      ),
    );
    expect(rows[0]!.seconds).toBeGreaterThan(590);
    expect(rows[0]!.seconds).toBeLessThanOrEqual(600);
    await inDatabase((database) =>
      database.query('update teams.oidc_sign_ins set expires_at = now() where provider_id = $1', [id]),
    );
    expect(refused(await browser.open(url.href)).status).toBe(401);
    url.searchParams.set('state', 'another');
    expect(refused(await browser.open(url.href)).status).toBe(401);
  });

  it('should not work with the code of somebody else', async () => {
    const { start_url } = await makeProvider();
    const [mine, theirs] = [await browser.open(start_url, comesBack), await new Browser().open(start_url, comesBack)];
    mine.url.searchParams.set('code', theirs.url.searchParams.get('code')!);
    expect(refused(await browser.open(mine.url.href))).toEqual({
      status: 401,
      message: 'The provider did not confirm who you are: sign in again',
    });
  });

  it('should tell when the provider refused', async () => {
    const { start_url } = await makeProvider();
    const { url } = await browser.open(start_url, comesBack);
    url.searchParams.delete('code');
    url.searchParams.set('error', 'access_denied');
    expect(refused(await browser.open(url.href)).status).toBe(401);
  });

  it('should go back to where it was begun, with the tokens or the refusal behind the #', async () => {
    const { start_url } = await makeProvider();
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

  it('should not go back to another server', async () => {
    const { start_url } = await makeProvider();
    for (const to of ['https://evil.example', '//evil.example', 'javascript:alert(1)']) {
      expect(refused(await browser.open(`${start_url}?return_to=${encodeURIComponent(to)}`)).status).toBe(400);
    }
  });
});

describe('a provider that does not work', () => {
  it('should be told from one that refuses', async () => {
    const { start_url } = await makeProvider();
    idp.fall();
    expect(refused(await browser.open(start_url)).status).toBe(503);
  });

  it('should not be signed in through while it is off, or gone', async () => {
    const { id, start_url } = await makeProvider({ enabled: false });
    expect(refused(await browser.open(start_url)).status).toBe(404);
    await workspace.client.delete(`/v1/oidc-providers/${id}`);
    expect(refused(await browser.open(start_url)).status).toBe(404);
  });

  it('should not be one that says another issuer than it is', async () => {
    const { id, start_url } = await makeProvider();
    await workspace.client.patch(`/v1/oidc-providers/${id}`, { issuer: idp.issuer.replace('127.0.0.1', 'localhost') });
    expect(refused(await browser.open(start_url)).status).toBe(503);
  });
});
