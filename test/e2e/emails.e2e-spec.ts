import { randomUUID } from 'node:crypto';
import { joinWorkspace, createMember } from '../factories/member.js';
import {
  createApiKey,
  Client,
  getData,
  getError,
  registerWorkspace,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { withDatabase } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import { listMails, waitForMail } from '../support/mailbox.js';
import type { ItemResponse, User } from '../support/wire.js';

interface Link {
  readonly email: string;
  readonly url: string;
  readonly token: string;
}

let workspace: Workspace;
let email: string;

beforeEach(async () => {
  workspace = await registerWorkspace();
  email = `sarah-${randomUUID()}@example.com`;
});

function requestChange(
  body: object = {},
  client = workspace.client,
): Promise<ApiResponse<ItemResponse<{ email: string; mailed: boolean; expires_at: string }>>> {
  return client.post('/v1/auth/email', { password: workspace.password, email, ...body });
}

function confirm(token: string): Promise<ApiResponse<unknown>> {
  return new Client().post('/v1/auth/email/confirm', { token });
}

async function mailedToken(address = email): Promise<string> {
  const { text } = await waitForMail(address, ({ subject }) => subject === 'Confirm your new e-mail address');
  return /\/confirm-email#token=(\S+)/.exec(text!)![1]!;
}

async function canSignIn(address: string): Promise<number> {
  return (await new Client().post('/v1/auth/login', { email: address, password: workspace.password })).status;
}

function createLink(client: Client, userId: string): Promise<ApiResponse<ItemResponse<Link>>> {
  return client.post(`/v1/users/${userId}/email-change`);
}

describe('POST /v1/auth/email', () => {
  it('should change the e-mail through a mailed link and notify the previous address', async () => {
    const requested = getData(await requestChange());
    expect(requested).toMatchObject({ email, mailed: true });
    expect(Math.round((Date.parse(requested.expires_at) - Date.now()) / 3_600_000)).toBe(24);
    const token = await mailedToken();
    const preview = (): Promise<ApiResponse<ItemResponse<object>>> =>
      new Client().post('/v1/auth/email/preview', { token });
    expect(getData(await preview())).toEqual({
      email,
      previous_email: workspace.email,
      workspace_names: ['Acme Support'],
      locale: 'en',
      expires_at: requested.expires_at,
    });
    expect([await canSignIn(workspace.email), await canSignIn(email)]).toEqual([200, 401]);
    expect((await confirm(token)).status).toBe(204);
    expect([await canSignIn(workspace.email), await canSignIn(email)]).toEqual([401, 200]);
    expect(getData(await workspace.client.get<ItemResponse<User>>('/v1/me')).email).toBe(email);
    await waitForMail(workspace.email, ({ subject }) => subject === 'Your e-mail address was changed');
    const emitted = (await listEvents(workspace.client)).filter(({ type }) => type === 'security.email_changed');
    expect(emitted.map(({ data }) => data)).toEqual([{ changed: { email: [workspace.email, email] } }]);
    for (const rejected of [await confirm(token), await preview()])
      expect(getError(rejected)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  it('should return the same for an address in use and reject it on confirmation', async () => {
    const other = await registerWorkspace();
    const [free, inUse] = [getData(await requestChange()), getData(await requestChange({ email: other.email }))];
    expect(Object.keys(inUse)).toEqual(Object.keys(free));
    expect(inUse).toMatchObject({ email: other.email, mailed: true });
    expect(getError(await confirm(await mailedToken(other.email)))).toMatchObject({ status: 409, code: 'CONFLICT' });
    expect(await canSignIn(workspace.email)).toBe(200);
  });

  it('should invalidate the link of an earlier request', async () => {
    await requestChange();
    const first = await mailedToken();
    const later = `later-${randomUUID()}@example.com`;
    await requestChange({ email: later });
    expect(getError(await confirm(first)).status).toBe(401);
    expect((await confirm(await mailedToken(later))).status).toBe(204);
  });

  it('should require the password, a new address and a user credential', async () => {
    expect(getError(await requestChange({ password: 'not the password' }))).toMatchObject({
      status: 400,
      details: { password: ['password is not your current password'] },
    });
    expect(getError(await requestChange({ email: workspace.email })).details).toEqual({
      email: ['email is already your e-mail'],
    });
    expect(getError(await requestChange({}, (await createApiKey(workspace)).client)).status).toBe(422);
    expect(await listMails(email)).toEqual([]);
  });

  it('should be limited to five requests per hour', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await requestChange()).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('should invalidate password reset links of the previous address', async () => {
    const { token } = getData(
      await workspace.client.post<ItemResponse<Link>>(`/v1/users/${workspace.userId}/password-reset`),
    );
    await requestChange();
    await confirm(await mailedToken());
    expect(
      getError(
        await new Client().post('/v1/auth/password-reset/confirm', { token, password: 'staple battery horse correct' }),
      ).status,
    ).toBe(401);
  });
});

describe('POST /v1/auth/email/confirm', () => {
  it('should reject an unknown or expired token', async () => {
    expect(getError(await confirm('ec_nobody-has-given-this-out')).status).toBe(401);
    await requestChange();
    const token = await mailedToken();
    await withDatabase((database) =>
      database.query('update teams.email_changes set expires_at = now() where user_id = $1', [workspace.userId]),
    );
    expect(getError(await confirm(token)).status).toBe(401);
  });

  it('should emit an event in every workspace of the user', async () => {
    const other = await registerWorkspace();
    await joinWorkspace(other, workspace.userId);
    await requestChange();
    await confirm(await mailedToken());
    for (const { client } of [workspace, other])
      expect((await listEvents(client)).filter(({ type }) => type === 'security.email_changed')).toHaveLength(1);
  });
});

describe('POST /v1/users/{id}/email-change', () => {
  it('should create the link of a pending change and hide the token from events', async () => {
    const member = await createMember(workspace);
    expect(getError(await createLink(workspace.client, member.userId)).status).toBe(422);
    await requestChange({ password: member.password }, member.client);
    const mailed = await mailedToken();
    const link = getData(await createLink(workspace.client, member.userId));
    expect(link.email).toBe(email);
    expect(link.url).toMatch(/^http:\/\/[^?]+\/confirm-email#token=ec_/);
    expect([(await confirm(mailed)).status, (await confirm(link.token)).status]).toEqual([401, 204]);
    const events = await listEvents(workspace.client);
    expect(
      events.filter(({ type }) => type === 'security.email_change_linked').map(({ subject_id }) => subject_id),
    ).toEqual([member.userId]);
    expect(JSON.stringify(events)).not.toContain(link.token);
  });

  it('should require an owner or admin who does not rank below the user', async () => {
    const [admin, agent] = [await createMember(workspace, 'admin'), await createMember(workspace)];
    await requestChange();
    expect(getError(await createLink(admin.client, workspace.userId))).toMatchObject({
      status: 403,
      details: { role: 'owner' },
    });
    expect(getError(await createLink(agent.client, admin.userId)).status).toBe(403);
    expect(getError(await createLink((await createApiKey(workspace)).client, agent.userId)).status).toBe(403);
  });

  it('should reject members of several workspaces and users of other workspaces', async () => {
    const member = await createMember(workspace);
    await requestChange({ password: member.password }, member.client);
    const other = await registerWorkspace();
    expect(getError(await createLink(other.client, member.userId)).status).toBe(404);
    await joinWorkspace(other, member.userId);
    expect(getError(await createLink(workspace.client, member.userId)).status).toBe(422);
  });
});
