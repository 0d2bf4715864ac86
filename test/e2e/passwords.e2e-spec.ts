import { createHash, randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { joinWorkspace, createMember } from '../factories/member.js';
import {
  createApiKey,
  Client,
  getData,
  createPersonalKey,
  getError,
  registerWorkspace,
  signIn,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { withDatabase } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import { listMails, waitForMail } from '../support/mailbox.js';
import type { ItemResponse } from '../support/wire.js';

const NEW_PASSWORD = 'staple battery horse correct';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

function change(client: Client, body: object = {}): Promise<ApiResponse<unknown>> {
  return client.post('/v1/auth/password', {
    current_password: workspace.password,
    new_password: NEW_PASSWORD,
    ...body,
  });
}

function confirm(token: string, password = NEW_PASSWORD): Promise<ApiResponse<unknown>> {
  return new Client().post('/v1/auth/password-reset/confirm', { token, password });
}

async function link(client: Client, userId: string): Promise<{ url: string; token: string; expires_at: string }> {
  return getData(
    await client.post<ItemResponse<{ url: string; token: string; expires_at: string }>>(
      `/v1/users/${userId}/password-reset`,
    ),
  );
}

async function statusOf(client: Client): Promise<number> {
  return (await client.get('/v1/me')).status;
}

async function canSignIn(password: string): Promise<number> {
  return (await new Client().post('/v1/auth/login', { email: workspace.email, password })).status;
}

async function emittedEvents(type: string): Promise<number> {
  return (await listEvents(workspace.client)).filter((event) => event.type === type).length;
}

describe.each([
  ['/reset-password', '/v1/auth/password-reset/confirm'],
  ['/accept-invitation', '/v1/auth/invitations/accept'],
  ['/confirm-email', '/v1/auth/email/confirm'],
])('GET %s', (path, submitPath) => {
  it('should return a page with a strict content security policy without a credential', async () => {
    const { status, headers, body } = await new Client().get<string>(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/);
    const [, script] = /<script>([^]*)<\/script>/.exec(body)!;
    expect(policy).toContain(createHash('sha256').update(script!).digest('base64'));
    expect(body).toContain(`data-path="${submitPath}"`);
  });
});

describe('POST /v1/auth/password', () => {
  it('should change the password, keep the session and keys and end other sessions', async () => {
    const [other, key] = [await signIn(workspace), await createPersonalKey(workspace)];
    expect((await change(workspace.client)).status).toBe(204);
    expect([await statusOf(workspace.client), await statusOf(other.client), await statusOf(key.client)]).toEqual([
      200, 401, 200,
    ]);
    expect(getError(await new Client().post('/v1/auth/refresh', { refresh_token: other.refreshToken })).status).toBe(
      401,
    );
    expect([await canSignIn(workspace.password), await canSignIn(NEW_PASSWORD)]).toEqual([401, 200]);
    expect(await emittedEvents('security.password_changed')).toBe(1);
  });

  it('should end sessions in other workspaces too', async () => {
    const other = await registerWorkspace();
    await joinWorkspace(other, workspace.userId);
    const existing = getData(
      await new Client().post<ItemResponse<{ access_token: string }>>('/v1/auth/login', {
        email: workspace.email,
        password: workspace.password,
        workspace_id: other.id,
      }),
    );
    expect(await change(workspace.client, {})).toMatchObject({ status: 204 });
    expect(await statusOf(new Client(existing.access_token))).toBe(401);
    expect(await statusOf(other.client)).toBe(200);
  });

  it('should reject a wrong current password and an invalid new password', async () => {
    expect(getError(await change(workspace.client, { current_password: 'not the password' }))).toMatchObject({
      status: 400,
      details: { current_password: ['current_password is not your current password'] },
    });
    expect(getError(await change(workspace.client, { new_password: workspace.email }))).toMatchObject({
      status: 400,
      details: { new_password: ['new_password must not be your e-mail address'] },
    });
    for (const weak of ['short', '1234567890', workspace.email.split('@')[0]!, 'at ACME SUPPORT we care'])
      expect(getError(await change(workspace.client, { new_password: weak })).details).toHaveProperty('new_password');
    expect(getError(await change(workspace.client, { new_password: workspace.password })).details).toEqual({
      new_password: ['new_password must differ from the current password'],
    });
    expect(await canSignIn(workspace.password)).toBe(200);
  });

  it('should count failed attempts even with an Idempotency-Key', async () => {
    const wrongGuess = (): Promise<ApiResponse<unknown>> =>
      workspace.client.post(
        '/v1/auth/password',
        { current_password: 'guess', new_password: NEW_PASSWORD },
        { 'idempotency-key': randomUUID() },
      );
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await wrongGuess()).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });

  it('should return 422 for a service key', async () => {
    expect(getError(await change((await createApiKey(workspace)).client)).status).toBe(422);
  });
});

describe('POST /v1/auth/password-reset', () => {
  it('should mail a link that sets a new password once and ends every session', async () => {
    expect((await new Client().post('/v1/auth/password-reset', { email: workspace.email.toUpperCase() })).status).toBe(
      202,
    );
    const mail = await waitForMail(workspace.email);
    const [, token] = /\/reset-password#token=(\S+)/.exec(mail.text!)!;
    expect(mail.subject).toBe('Reset your password');
    expect((await confirm(token!)).status).toBe(204);
    expect(await statusOf(workspace.client)).toBe(401);
    expect([await canSignIn(workspace.password), await canSignIn(NEW_PASSWORD)]).toEqual([401, 200]);
    expect(getError(await confirm(token!, 'yet another password'))).toMatchObject({
      status: 401,
      code: 'UNAUTHORIZED',
    });
    const { client } = await signIn({ email: workspace.email, password: NEW_PASSWORD });
    expect((await listEvents(client)).filter(({ type }) => type === 'security.password_reset')).toHaveLength(1);
  });

  it('should return the same and mail nothing when the e-mail is unknown', async () => {
    const email = `nobody-${randomUUID()}@example.com`;
    const [existing, unknown] = [
      await new Client().post('/v1/auth/password-reset', { email: workspace.email }),
      await new Client().post('/v1/auth/password-reset', { email }),
    ];
    expect([unknown.status, unknown.body]).toEqual([existing.status, existing.body]);
    await waitForMail(workspace.email);
    expect(await listMails(email)).toEqual([]);
  });

  it('should mail at most five links per hour to one user', async () => {
    for (let index = 0; index < 7; index += 1)
      await new Client().post('/v1/auth/password-reset', { email: workspace.email });
    const other = await registerWorkspace();
    await new Client().post('/v1/auth/password-reset', { email: other.email });
    await waitForMail(other.email);
    await eventually(async () => (await listMails(workspace.email)).length >= 5);
    expect(await listMails(workspace.email)).toHaveLength(5);
  });
});

describe('POST /v1/auth/password-reset/confirm', () => {
  it('should preview the account of a token without using it up', async () => {
    await workspace.client.patch(`/v1/organizations/${workspace.id}`, { locale: 'de' });
    const { token, expires_at } = await link(workspace.client, workspace.userId);
    const preview = (): Promise<ApiResponse<ItemResponse<object>>> =>
      new Client().post('/v1/auth/password-reset/preview', { token });
    const expected = { email: workspace.email, workspace_names: ['Acme Support'], locale: 'de', expires_at };
    for (let attempt = 0; attempt < 2; attempt += 1) expect(getData(await preview())).toEqual(expected);
    expect((await confirm(token)).status).toBe(204);
    expect(getError(await preview())).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  it('should reject an unknown or expired token', async () => {
    expect(getError(await confirm('pr_nobody-has-given-this-out')).status).toBe(401);
    const { token } = await link(workspace.client, workspace.userId);
    await withDatabase((database) =>
      database.query(`update teams.password_resets set expires_at = now() where user_id = $1`, [workspace.userId]),
    );
    expect(getError(await confirm(token)).status).toBe(401);
    expect(await canSignIn(workspace.password)).toBe(200);
  });

  it('should accept only one of two concurrent requests with the same token', async () => {
    const { token } = await link(workspace.client, workspace.userId);
    const statuses = (await Promise.all([confirm(token), confirm(token)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([204, 401]);
  });

  it('should reject an invalid password and keep the token', async () => {
    const { token } = await link(workspace.client, workspace.userId);
    expect(getError(await confirm(token, workspace.email)).details).toEqual({
      password: ['password must not be your e-mail address'],
    });
    expect(getError(await confirm(token, workspace.password)).details).toEqual({
      password: ['password must differ from the current password'],
    });
    expect(getError(await confirm(token, 'acme support rocks')).details).toEqual({
      password: ['password must not contain the name of the workspace'],
    });
    expect((await confirm(token)).status).toBe(204);
  });

  it('should invalidate every other token of the user', async () => {
    const [first, second] = [
      await link(workspace.client, workspace.userId),
      await link(workspace.client, workspace.userId),
    ];
    expect((await confirm(first.token)).status).toBe(204);
    expect(getError(await confirm(second.token)).status).toBe(401);
  });

  it('should reset the failed attempts of the account', async () => {
    for (let index = 0; index < 5; index += 1) await canSignIn('guess');
    expect(await canSignIn(workspace.password)).toBe(429);
    expect((await confirm((await link(workspace.client, workspace.userId)).token)).status).toBe(204);
    expect(await canSignIn(NEW_PASSWORD)).toBe(200);
  });
});

describe('POST /v1/users/{id}/password-reset', () => {
  it('should create a link that expires after an hour and hide the token from events', async () => {
    const { url, token, expires_at } = await link(workspace.client, workspace.userId);
    expect(url).toMatch(/^http:\/\/[^?]+\/reset-password#token=pr_/);
    expect(url.endsWith(token)).toBe(true);
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(59 * 60_000);
    const events = await listEvents(workspace.client);
    expect(
      events.filter(({ type }) => type === 'security.password_reset_linked').map(({ subject_id }) => subject_id),
    ).toEqual([workspace.userId]);
    expect(JSON.stringify(events)).not.toContain(token);
  });

  it('should require an owner or admin who does not rank below the user', async () => {
    const [admin, agent] = [await createMember(workspace, 'admin'), await createMember(workspace, 'agent')];
    expect((await link(admin.client, agent.userId)).token).toMatch(/^pr_/);
    expect(getError(await admin.client.post(`/v1/users/${workspace.userId}/password-reset`))).toMatchObject({
      status: 403,
      details: { role: 'owner' },
    });
    expect(getError(await agent.client.post(`/v1/users/${workspace.userId}/password-reset`)).status).toBe(403);
    for (const scopes of [['*'], ['users:write']])
      expect(
        getError(await (await createApiKey(workspace, scopes)).client.post(`/v1/users/${agent.userId}/password-reset`))
          .status,
      ).toBe(403);
  });

  it('should reject members of several workspaces', async () => {
    const other = await registerWorkspace();
    await joinWorkspace(workspace, other.userId);
    const create = (headers: Record<string, string> = {}) =>
      workspace.client.post(`/v1/users/${other.userId}/password-reset`, undefined, headers);
    expect([
      getError(await create()).status,
      getError(await create({ 'idempotency-key': randomUUID() })).status,
    ]).toEqual([422, 422]);
  });

  it('should return 404 for a user of another workspace', async () => {
    const other = await registerWorkspace();
    expect(getError(await workspace.client.post(`/v1/users/${other.userId}/password-reset`)).status).toBe(404);
  });
});
