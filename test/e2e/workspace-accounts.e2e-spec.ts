import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { generate } from 'otplib';
import { createMember, invite, joinWorkspace } from '../factories/member.js';
import { Browser } from '../support/browser.js';
import {
  Client,
  getData,
  getError,
  registerWorkspace,
  signIn,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { runSql } from '../support/database.js';
import { IdentityProvider } from '../support/identity-provider.js';
import { waitForMail } from '../support/mailbox.js';
import type { ItemResponse, User } from '../support/wire.js';

interface SignedIn {
  readonly access_token: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly workspaces: readonly { readonly id: string }[];
}

const PASSWORD = 'staple battery horse';
const OTHER_PASSWORD = 'orbit cactus velvet';

let first: Workspace;
let second: Workspace;

beforeEach(async () => {
  first = await registerWorkspace('First');
  second = await registerWorkspace('Second');
});

function newEmail(): string {
  return `${randomUUID()}@example.com`;
}

function register(email: string, password = OTHER_PASSWORD): Promise<ApiResponse<ItemResponse<SignedIn>>> {
  return new Client().post('/v1/auth/register', { workspace_name: 'Own', name: 'Real Owner', email, password });
}

function login(email: string, password: string, body: object = {}): Promise<ApiResponse<ItemResponse<SignedIn>>> {
  return new Client().post('/v1/auth/login', { email, password, ...body });
}

function accept(token: string | null, password = PASSWORD): Promise<ApiResponse<ItemResponse<SignedIn>>> {
  return new Client().post('/v1/auth/invitations/accept', { token, password });
}

async function nameOf({ client }: { client: Client }): Promise<string> {
  return getData(await client.get<ItemResponse<User>>('/v1/me')).name;
}

async function mailedToken(email: string, path: string): Promise<string> {
  const mail = await waitForMail(email, ({ text }) => text!.includes(path));
  return new RegExp(`${path}#token=(\\S+)`).exec(mail.text!)![1]!;
}

/** Proves the address of an account by a mailed password reset. */
async function resetByMail(email: string, password: string): Promise<void> {
  await new Client().post('/v1/auth/password-reset', { email });
  const token = await mailedToken(email, '/reset-password');
  expect((await new Client().post('/v1/auth/password-reset/confirm', { token, password })).status).toBe(204);
}

describe('session of a provider of one workspace', () => {
  let idp: IdentityProvider;

  beforeAll(async () => {
    // The provider library warns that it stores nothing, which is intended here.
    for (const method of ['warn', 'info'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
    idp = await IdentityProvider.listen();
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await idp.close();
  });

  async function signInThroughProvider(email: string, subject = randomUUID()): Promise<SignedIn> {
    const settings = { name: 'Second login', issuer: idp.issuer, client_id: 'parley', auto_provision: true };
    const provider = getData(
      await second.client.post<ItemResponse<{ start_url: string; redirect_uri: string }>>(
        '/v1/oidc-providers',
        settings,
      ),
    );
    idp.serve({ id: 'parley', secret: null, redirectUri: provider.redirect_uri });
    idp.person = { subject, email, name: 'Provider Name' };
    const { status, body } = await new Browser().open(provider.start_url);
    expect(status).toBe(200);
    return (body as ItemResponse<SignedIn>).data;
  }

  it('should not change the account of a member that another workspace shares', async () => {
    await joinWorkspace(second, first.userId);
    const { access_token: token, user_id: userId } = await signInThroughProvider(first.email);
    expect(userId).toBe(first.userId);
    const client = new Client(token);
    const { password } = first;
    const attempts = [
      await client.patch('/v1/me', { name: 'Mallory' }),
      await client.patch('/v1/me', { avatar_url: 'https://evil.example/a.png' }),
      await client.post('/v1/auth/password', { current_password: password, new_password: OTHER_PASSWORD }),
      await client.post('/v1/auth/email', { password, email: newEmail() }),
      await client.post('/v1/auth/totp', { password }),
      await client.post('/v1/auth/totp/confirm', { totp_code: '123456' }),
      await client.post('/v1/auth/totp/recovery-codes', { password, recovery_code: 'k7mq-2xwd-9hfa-r3tn' }),
      await client.send('DELETE', '/v1/auth/totp', { body: { totp_code: '123456' } }),
    ];
    for (const attempt of attempts) expect(getError(attempt)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await nameOf(first)).toBe('Sarah Chen');
    expect((await (await signIn(first)).client.patch('/v1/me', { name: 'Sarah C.' })).status).toBe(200);
  });

  it('should not change the account with a key that it created or rotated', async () => {
    await joinWorkspace(second, first.userId, 'owner');
    const own = getData(
      await new Client(
        getData(await login(first.email, first.password, { workspace_id: second.id })).access_token,
      ).post<ItemResponse<{ id: string; key: string }>>('/v1/api-keys', {
        name: 'Own',
        kind: 'personal',
        scopes: ['*'],
      }),
    );
    expect((await new Client(own.key).patch('/v1/me', { name: 'Sarah C.' })).status).toBe(200);
    const { access_token: token } = await signInThroughProvider(first.email);
    const keys = [
      await new Client(token).post<ItemResponse<{ key: string }>>('/v1/api-keys', {
        name: 'Mine',
        kind: 'personal',
        scopes: ['*'],
      }),
      await new Client(token).post<ItemResponse<{ key: string }>>(`/v1/api-keys/${own.id}/rotate`, {}),
    ];
    for (const created of keys)
      expect(getError(await new Client(getData(created).key).patch('/v1/me', { name: 'Mallory' })).status).toBe(403);
  });

  it('should belong to a new account when a provisioned user has an account elsewhere', async () => {
    const person = await createMember(first);
    await resetByMail(person.email, OTHER_PASSWORD);
    const { user_id: userId, access_token: token, workspaces } = await signInThroughProvider(person.email);
    expect(userId).not.toBe(person.userId);
    expect(workspaces.map(({ id }) => id)).toEqual([second.id]);
    expect((await new Client(token).patch('/v1/me', { name: 'Renamed' })).status).toBe(200);
    const { name } = getData(await first.client.get<ItemResponse<User>>(`/v1/users/${person.userId}`));
    expect(name).toBe('Ben Ode');
    expect((await first.client.post(`/v1/users/${person.userId}/password-reset`)).status).toBe(201);
    expect((await login(person.email, OTHER_PASSWORD)).body.data.user_id).toBe(person.userId);
  });

  it('should not accept an invitation for an account that another workspace shares', async () => {
    const { id } = await invite(second.client, { email: first.email });
    const joined = await signInThroughProvider(first.email);
    expect(joined.user_id).not.toBe(first.userId);
    expect(getError(await second.client.get(`/v1/users/${id}`)).status).toBe(404);
    expect(getData(await login(first.email, first.password)).workspaces.map((item) => item.id)).toEqual([first.id]);
  });
});

describe('invitation that is not accepted', () => {
  it("should not block the other workspace's resets and changes of its member", async () => {
    const person = await createMember(first);
    await resetByMail(person.email, OTHER_PASSWORD);
    expect((await invite(second.client, { email: person.email })).id).toBe(person.userId);
    const client = new Client(getData(await login(person.email, OTHER_PASSWORD)).access_token);
    const { secret } = getData(
      await client.post<ItemResponse<{ secret: string }>>('/v1/auth/totp', { password: OTHER_PASSWORD }),
    );
    await client.post('/v1/auth/totp/confirm', { totp_code: await generate({ secret }) });

    const member = `/v1/users/${person.userId}`;
    expect((await first.client.delete(`${member}/totp`)).status).toBe(204);
    expect((await first.client.patch(member, { name: 'Benjamin' })).status).toBe(200);
    expect((await first.client.post(`${member}/password-reset`)).status).toBe(201);
    expect(getError(await second.client.delete(`${member}/totp`)).status).toBe(422);
    expect(getError(await second.client.post(`${member}/password-reset`)).status).toBe(422);
  });

  it('should not prevent the registration of the address', async () => {
    const { email, invitation } = await invite(second.client, { email: newEmail() });
    const registered = getData(await register(email));
    expect(registered.workspaces.map(({ id }) => id)).toEqual([registered.workspace_id]);
    expect(getError(await register(email)).status).toBe(409);
    expect(getError(await accept(invitation.token)).details).toHaveProperty('password');
    const joined = getData(await accept(invitation.token, OTHER_PASSWORD));
    expect(joined).toMatchObject({ user_id: registered.user_id, workspace_id: second.id });
  });
});

describe('link that was handed out', () => {
  it('should not take the address', async () => {
    const email = newEmail();
    const { invitation } = await invite(second.client, { email });
    const taken = getData(await accept(invitation.token));
    const owner = getData(await register(email));
    expect(owner.user_id).not.toBe(taken.user_id);
    expect(getData(await login(email, OTHER_PASSWORD))).toMatchObject({
      user_id: owner.user_id,
      workspaces: [{ id: owner.workspace_id }],
    });
    expect(getData(await login(email, PASSWORD))).toMatchObject({
      user_id: taken.user_id,
      workspaces: [{ id: second.id }],
    });
    expect((await login(email, PASSWORD, { workspace_id: owner.workspace_id })).status).toBe(401);
    expect((await login(email, OTHER_PASSWORD, { workspace_id: second.id })).status).toBe(401);

    const further = await invite(first.client, { email });
    expect(further.id).toBe(owner.user_id);
    expect(getError(await accept(further.invitation.token, PASSWORD)).status).toBe(400);
    expect((await accept(further.invitation.token, OTHER_PASSWORD)).status).toBe(200);
  });

  it('should give each workspace its own account', async () => {
    const email = newEmail();
    const [one, two] = [await invite(first.client, { email }), await invite(second.client, { email })];
    expect(one.id).not.toBe(two.id);
    const joined = [
      getData(await accept(one.invitation.token)),
      getData(await accept(two.invitation.token, OTHER_PASSWORD)),
    ];
    expect((await new Client(joined[0]!.access_token).patch('/v1/me', { name: 'Mallory' })).status).toBe(200);
    expect(await nameOf({ client: new Client(joined[1]!.access_token) })).toBe('Ben Ode');
    expect(getData(await login(email, OTHER_PASSWORD)).workspaces.map(({ id }) => id)).toEqual([second.id]);
  });

  it('should not take the address of a changed e-mail', async () => {
    const email = newEmail();
    const { client, password } = second;
    await client.post('/v1/auth/email', { password, email });
    const { token } = getData(
      await client.post<ItemResponse<{ token: string }>>(`/v1/users/${second.userId}/email-change`),
    );
    expect((await new Client().post('/v1/auth/email/confirm', { token })).status).toBe(204);
    expect(getData(await register(email)).user_id).not.toBe(second.userId);
    expect(getData(await login(email, password)).user_id).toBe(second.userId);
  });

  it('should not take a proved address by a reset, and move invitations of other workspaces', async () => {
    const email = newEmail();
    await invite(second.client, { email, send: true });
    const victim = getData(await accept(await mailedToken(email, '/accept-invitation')));
    const pending = await invite(first.client, { email });
    expect(pending.id).toBe(victim.user_id);
    const { token } = getData(
      await second.client.post<ItemResponse<{ token: string }>>(`/v1/users/${victim.user_id}/password-reset`),
    );
    const confirmation = { token, password: 'velvet orbit cactus' };
    expect((await new Client().post('/v1/auth/password-reset/confirm', confirmation)).status).toBe(204);
    const owner = getData(await register(email));
    expect(owner.user_id).not.toBe(victim.user_id);
    expect(getError(await accept(pending.invitation.token, 'velvet orbit cactus')).status).toBe(400);
    expect(getData(await accept(pending.invitation.token, OTHER_PASSWORD)).user_id).toBe(owner.user_id);
    expect(getData(await login(email, 'velvet orbit cactus')).workspaces.map(({ id }) => id)).toEqual([second.id]);
  });

  it('should not reset a password when the user has joined another workspace', async () => {
    const { token } = getData(
      await second.client.post<ItemResponse<{ token: string }>>(`/v1/users/${second.userId}/password-reset`),
    );
    await joinWorkspace(first, second.userId);
    const confirmation = { token, password: 'velvet orbit cactus' };
    expect(getError(await new Client().post('/v1/auth/password-reset/confirm', confirmation)).status).toBe(401);
    expect((await login(second.email, second.password)).status).toBe(200);
  });

  it('should not reset the failed attempts for another account with the address', async () => {
    const email = newEmail();
    await register(email);
    const { invitation } = await invite(second.client, { email: newEmail() });
    await accept(invitation.token);
    const local = await invite(second.client, { email: newEmail(), role: 'agent' });
    await accept(local.invitation.token);
    await runSql('update teams.users set email = $1 where id = $2', [email, local.id]);
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      statuses.push((await login(email, 'not the password')).status);
      if (index === 2) expect((await login(email, PASSWORD, { workspace_id: second.id })).status).toBe(200);
    }
    expect((await login(email, 'not the password')).status).toBe(429);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
  });
});

describe('mailed link', () => {
  it('should let the account of an invited user hold the address', async () => {
    const email = newEmail();
    await invite(first.client, { email, send: true });
    const joined = getData(await accept(await mailedToken(email, '/accept-invitation')));
    expect(getError(await register(email)).status).toBe(409);
    const { id, invitation } = await invite(second.client, { email });
    expect(id).toBe(joined.user_id);
    const both = getData(await accept(invitation.token));
    expect(both.workspaces.map((workspace) => workspace.id).sort()).toEqual([first.id, second.id].sort());
  });

  it('should let an account hold the address after a password reset, but not with an unproven second factor', async () => {
    const [plain, protectedMember] = [await createMember(first), await createMember(first)];
    const { secret } = getData(
      await protectedMember.client.post<ItemResponse<{ secret: string }>>('/v1/auth/totp', { password: PASSWORD }),
    );
    await protectedMember.client.post('/v1/auth/totp/confirm', { totp_code: await generate({ secret }) });
    for (const { email } of [plain, protectedMember]) await resetByMail(email, 'velvet orbit cactus');
    expect((await register(plain.email)).status).toBe(409);
    expect((await register(protectedMember.email)).status).toBe(201);
    expect(getError(await login(protectedMember.email, 'velvet orbit cactus')).details).toHaveProperty(
      'second_factor_required',
    );
  });
});
