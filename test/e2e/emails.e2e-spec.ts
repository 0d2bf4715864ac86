import { randomUUID } from 'node:crypto';
import { joinWorkspace, makeMember } from '../factories/member.js';
import { apiKey, Client, dataOf, refusalOf, register, type Answer, type Workspace } from '../support/client.js';
import { inDatabase } from '../support/database.js';
import { eventsOf } from '../support/event-log.js';
import { mailsTo, mailTo } from '../support/mailbox.js';
import type { One, User } from '../support/wire.js';

interface Link {
  readonly email: string;
  readonly url: string;
  readonly token: string;
}

let workspace: Workspace;
let email: string;

beforeEach(async () => {
  workspace = await register();
  email = `sarah-${randomUUID()}@example.com`;
});

function ask(
  body: object = {},
  client = workspace.client,
): Promise<Answer<One<{ email: string; mailed: boolean; expires_at: string }>>> {
  return client.post('/v1/auth/email', { password: workspace.password, email, ...body });
}

function confirm(token: string): Promise<Answer<unknown>> {
  return new Client().post('/v1/auth/email/confirm', { token });
}

async function mailedToken(address = email): Promise<string> {
  const { text } = await mailTo(address, ({ subject }) => subject === 'Confirm your new e-mail');
  return /\/confirm-email#token=(\S+)/.exec(text!)![1]!;
}

async function signsIn(address: string): Promise<number> {
  return (await new Client().post('/v1/auth/login', { email: address, password: workspace.password })).status;
}

function makeLink(client: Client, userId: string): Promise<Answer<One<Link>>> {
  return client.post(`/v1/users/${userId}/email-change`);
}

describe('POST /v1/auth/email', () => {
  it('should mail a link to the new address, by which it becomes the login, and tell the one before', async () => {
    const asked = dataOf(await ask());
    expect(asked).toMatchObject({ email, mailed: true });
    expect(Math.round((Date.parse(asked.expires_at) - Date.now()) / 3_600_000)).toBe(24);
    const token = await mailedToken();
    expect([await signsIn(workspace.email), await signsIn(email)]).toEqual([200, 401]);
    expect((await confirm(token)).status).toBe(204);
    expect([await signsIn(workspace.email), await signsIn(email)]).toEqual([401, 200]);
    expect(dataOf(await workspace.client.get<One<{ user: User }>>('/v1/me')).user.email).toBe(email);
    await mailTo(workspace.email, ({ subject }) => subject === 'Your e-mail was changed');
    const told = (await eventsOf(workspace.client)).filter(({ type }) => type === 'security.email_changed');
    expect(told.map(({ data }) => data)).toEqual([{ changed: { email: [workspace.email, email] } }]);
    expect(refusalOf(await confirm(token))).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  it('should answer the same for an address that somebody has, and refuse it only when it is confirmed', async () => {
    const other = await register();
    const [free, taken] = [dataOf(await ask()), dataOf(await ask({ email: other.email }))];
    expect(Object.keys(taken)).toEqual(Object.keys(free));
    expect(taken).toMatchObject({ email: other.email, mailed: true });
    expect(refusalOf(await confirm(await mailedToken(other.email)))).toMatchObject({ status: 409, code: 'CONFLICT' });
    expect(await signsIn(workspace.email)).toBe(200);
  });

  it('should let the last one asked for count', async () => {
    await ask();
    const first = await mailedToken();
    const later = `later-${randomUUID()}@example.com`;
    await ask({ email: later });
    expect(refusalOf(await confirm(first)).status).toBe(401);
    expect((await confirm(await mailedToken(later))).status).toBe(204);
  });

  it('should take my password, and another address than mine', async () => {
    expect(refusalOf(await ask({ password: 'not the password' }))).toMatchObject({
      status: 400,
      details: { password: ['password is not your password'] },
    });
    expect(refusalOf(await ask({ email: workspace.email })).details).toEqual({ email: ['email is yours already'] });
    expect(refusalOf(await ask({}, (await apiKey(workspace)).client)).status).toBe(422);
    expect(await mailsTo(email)).toEqual([]);
  });

  it('should be asked for five times an hour at most', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await ask()).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('should end what was mailed to the address before', async () => {
    const { token } = dataOf(await workspace.client.post<One<Link>>(`/v1/users/${workspace.userId}/password-reset`));
    await ask();
    await confirm(await mailedToken());
    expect(
      refusalOf(
        await new Client().post('/v1/auth/password-reset/confirm', { token, password: 'staple battery horse correct' }),
      ).status,
    ).toBe(401);
  });
});

describe('POST /v1/auth/email/confirm', () => {
  it('should refuse what was never given out and what has expired', async () => {
    expect(refusalOf(await confirm('ec_nobody-has-given-this-out')).status).toBe(401);
    await ask();
    const token = await mailedToken();
    await inDatabase((database) =>
      database.query('update teams.email_changes set expires_at = now() where user_id = $1', [workspace.userId]),
    );
    expect(refusalOf(await confirm(token)).status).toBe(401);
  });

  it('should tell every workspace of the user', async () => {
    const other = await register();
    await joinWorkspace(other, workspace.userId);
    await ask();
    await confirm(await mailedToken());
    for (const { client } of [workspace, other])
      expect((await eventsOf(client)).filter(({ type }) => type === 'security.email_changed')).toHaveLength(1);
  });
});

describe('POST /v1/users/{id}/email-change', () => {
  it('should make the link of what a member has asked for, and tell of it without the token', async () => {
    const member = await makeMember(workspace);
    expect(refusalOf(await makeLink(workspace.client, member.userId)).status).toBe(422);
    await ask({ password: member.password }, member.client);
    const mailed = await mailedToken();
    const link = dataOf(await makeLink(workspace.client, member.userId));
    expect(link.email).toBe(email);
    expect(link.url).toMatch(/^http:\/\/[^?]+\/confirm-email#token=ec_/);
    expect([(await confirm(mailed)).status, (await confirm(link.token)).status]).toEqual([401, 204]);
    const events = await eventsOf(workspace.client);
    expect(
      events.filter(({ type }) => type === 'security.email_change_linked').map(({ subject_id }) => subject_id),
    ).toEqual([member.userId]);
    expect(JSON.stringify(events)).not.toContain(link.token);
  });

  it('should be for owners and admins, and nobody above them', async () => {
    const [admin, agent] = [await makeMember(workspace, 'admin'), await makeMember(workspace)];
    await ask();
    expect(refusalOf(await makeLink(admin.client, workspace.userId))).toMatchObject({
      status: 403,
      details: { role: 'owner' },
    });
    expect(refusalOf(await makeLink(agent.client, admin.userId)).status).toBe(403);
    expect(refusalOf(await makeLink((await apiKey(workspace)).client, agent.userId)).status).toBe(403);
  });

  it('should not change the login of somebody in other workspaces too, nor of a user of another workspace', async () => {
    const member = await makeMember(workspace);
    await ask({ password: member.password }, member.client);
    const other = await register();
    expect(refusalOf(await makeLink(other.client, member.userId)).status).toBe(404);
    await joinWorkspace(other, member.userId);
    expect(refusalOf(await makeLink(workspace.client, member.userId)).status).toBe(422);
  });
});
