import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { invite, joinWorkspace, createMember, type Invitation } from '../factories/member.js';
import { createInbox } from '../factories/inbox.js';
import { createTeam } from '../factories/team.js';
import {
  createApiKey,
  Client,
  getData,
  getError,
  registerWorkspace,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { runSql, withDatabase } from '../support/database.js';
import { listEvents } from '../support/event-log.js';
import { listMails, waitForMail } from '../support/mailbox.js';
import type { ListResponse, ItemResponse, User } from '../support/wire.js';

interface SignedIn {
  readonly access_token: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly workspaces: readonly { readonly id: string }[];
}

const PASSWORD = 'staple battery horse';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

function accept(
  token: string | null,
  body: object = { password: PASSWORD },
): Promise<ApiResponse<ItemResponse<SignedIn>>> {
  return new Client().post('/v1/auth/invitations/accept', { token, ...body });
}

function getInvitation(token: string | null): Promise<ApiResponse<ItemResponse<Record<string, unknown>>>> {
  return new Client().post('/v1/auth/invitations/preview', { token });
}

async function statusOf(userId: string): Promise<string> {
  return getData(await workspace.client.get<ItemResponse<User & { status: string }>>(`/v1/users/${userId}`)).status;
}

async function emittedEvents(userId: string): Promise<string[]> {
  return (await listEvents(workspace.client))
    .filter(({ subject_id, data }) => subject_id === userId || data.user_id === userId)
    .map(({ type }) => type);
}

describe('POST /v1/users/invite', () => {
  it('should create an invited member and a link that expires after seven days', async () => {
    const { id, invitation, ...user } = await invite(workspace.client);
    expect(user).toMatchObject({ name: 'Ben Ode', role: 'agent', status: 'invited' });
    expect(invitation.mailed).toBe(false);
    expect(invitation.url).toMatch(/^http:\/\/[^?]+\/accept-invitation#token=inv_/);
    expect(Math.round((Date.parse(invitation.expires_at) - Date.now()) / 86_400_000)).toBe(7);
    expect(
      (await workspace.client.get<ListResponse<User>>('/v1/users', { status: 'invited' })).body.data.map(
        (item) => item.id,
      ),
    ).toEqual([id]);
    expect(await emittedEvents(id)).toEqual(['user.invited']);
    expect(JSON.stringify(await listEvents(workspace.client))).not.toContain(invitation.token);
  });

  it('should mail the link and not return it', async () => {
    const { email, invitation } = await invite(workspace.client, { send: true });
    expect(invitation).toMatchObject({ mailed: true, url: null, token: null });
    const mail = await waitForMail(email);
    expect(mail.subject).toBe('Join Acme Support on Parley');
    expect(mail.text).toContain('Sarah Chen has invited you');
    const [, token] = /\/accept-invitation#token=(\S+)/.exec(mail.text!)!;
    expect((await accept(token!)).status).toBe(200);
  });

  it('should hide the account of an invited user until they join', async () => {
    const other = await registerWorkspace('Elsewhere');
    await other.client.patch('/v1/me', { avatar_url: 'https://acme.example/sarah.png' });
    const [existing, unknown] = [
      await invite(workspace.client, { email: other.email.toUpperCase(), name: undefined }),
      await invite(workspace.client, { name: undefined }),
    ];
    const own = ({ email }: { email: string }): string => email.split('@')[0]!;
    for (const invited of [existing, unknown]) {
      const shown = getData(
        await workspace.client.get<ItemResponse<User & { updated_at: string; created_at: string }>>(
          `/v1/users/${invited.id}`,
        ),
      );
      expect(shown).toMatchObject({
        name: own(invited),
        email: invited.email,
        avatar_url: null,
        status: 'invited',
        availability: 'offline',
        updated_at: shown.created_at,
      });
    }
    expect(existing.email).toBe(other.email.toUpperCase());
    expect(
      (await workspace.client.get<ListResponse<User>>('/v1/users', { q: 'Sarah', status: 'invited' })).body.data,
    ).toEqual([]);
    const entries = await eventually(
      async () =>
        (await workspace.client.get<ListResponse<{ summary: string }>>('/v1/audit', { subject_id: existing.id })).body
          .data[0] ?? null,
    );
    expect(entries.summary).toContain(own(existing));
    await accept(existing.invitation.token, { password: other.password });
    expect(getData(await workspace.client.get<ItemResponse<User>>(`/v1/users/${existing.id}`))).toMatchObject({
      name: 'Sarah Chen',
      email: other.email,
      avatar_url: 'https://acme.example/sarah.png',
    });
  });

  it('should rename an invited user with or without an account', async () => {
    const other = await registerWorkspace();
    for (const invited of [await invite(workspace.client, { email: other.email }), await invite(workspace.client)]) {
      const change = (body: object): Promise<ApiResponse<ItemResponse<User>>> =>
        workspace.client.patch(`/v1/users/${invited.id}`, body);
      expect(getData(await change({ name: 'Benjamin' })).name).toBe('Benjamin');
      expect(getError(await change({ avatar_url: 'https://acme.example/ben.png' })).status).toBe(422);
      expect(getData(await getInvitation(invited.invitation.token)).name).toBe('Benjamin');
    }
    expect(getData(await other.client.get<ItemResponse<User>>('/v1/me')).name).toBe('Sarah Chen');
  });

  it('should give no access to an invited user', async () => {
    const { id, email } = await invite(workspace.client);
    const { id: team } = await createTeam(workspace.client);
    expect(getError(await workspace.client.post(`/v1/teams/${team}/members`, { user_id: id })).status).toBe(422);
    await new Client().post('/v1/auth/password-reset', { email });
    const other = await registerWorkspace();
    await new Client().post('/v1/auth/password-reset', { email: other.email });
    await waitForMail(other.email);
    expect(await listMails(email)).toEqual([]);
  });

  it('should reject existing and invited members in any case of the e-mail', async () => {
    const { id, email } = await invite(workspace.client);
    const resent = (address: string): Promise<ApiResponse<unknown>> =>
      workspace.client.post('/v1/users/invite', { email: address, role: 'agent' });
    expect(getError(await resent(email.toUpperCase()))).toMatchObject({
      status: 409,
      details: { user_id: id, status: 'invited' },
    });
    expect(getError(await resent(workspace.email))).toMatchObject({ status: 409, details: { status: 'active' } });
  });

  it('should accept only one of two concurrent invitations', async () => {
    const email = `ben-${randomUUID()}@example.com`;
    const statuses = (
      await Promise.all([1, 2].map(() => workspace.client.post('/v1/users/invite', { email, role: 'agent' })))
    ).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 409]);
  });

  it("should reject roles above the caller's and roles with scopes that the caller lacks", async () => {
    const admin = await createMember(workspace, 'admin');
    const requestInvitation = (client: Client, role: string): Promise<ApiResponse<unknown>> =>
      client.post('/v1/users/invite', { email: `ben-${randomUUID()}@example.com`, role });
    expect([
      (await requestInvitation(admin.client, 'owner')).status,
      (await requestInvitation(admin.client, 'admin')).status,
      (await requestInvitation(workspace.client, 'owner')).status,
    ]).toEqual([403, 201, 201]);
    expect([
      (await requestInvitation((await createApiKey(workspace)).client, 'admin')).status,
      (await requestInvitation((await createApiKey(workspace)).client, 'agent')).status,
    ]).toEqual([403, 201]);
    const { client } = await createApiKey(workspace, ['users:write', 'tags:read']);
    const roleOf = async (scopes: string[]): Promise<string> =>
      getData(await workspace.client.post<ItemResponse<{ id: string }>>('/v1/roles', { name: randomUUID(), scopes }))
        .id;
    expect(getError(await requestInvitation(client, await roleOf(['tags:read', 'tags:write'])))).toMatchObject({
      status: 403,
      details: { missing_scopes: ['tags:write'] },
    });
    expect((await requestInvitation(client, await roleOf(['tags:read']))).status).toBe(201);
    expect(getError(await requestInvitation(workspace.client, 'boss')).status).toBe(422);
  });

  it('should reject a team or inbox of another workspace', async () => {
    const other = await registerWorkspace();
    for (const groups of [
      { team_ids: [(await createTeam(other.client)).id] },
      { inbox_ids: [(await createInbox(other.client)).id] },
    ]) {
      const { status, details } = getError(
        await workspace.client.post('/v1/users/invite', {
          email: `${randomUUID()}@example.com`,
          role: 'agent',
          ...groups,
        }),
      );
      expect([status, Object.keys(details)]).toEqual([422, Object.keys(groups)]);
    }
  });
});

describe('POST /v1/auth/invitations/accept', () => {
  it('should activate the member in the teams and inboxes that still exist', async () => {
    const [team, missing, inbox] = [
      await createTeam(workspace.client),
      await createTeam(workspace.client),
      await createInbox(workspace.client),
    ];
    const { id, email, invitation } = await invite(workspace.client, {
      team_ids: [team.id, missing.id],
      inbox_ids: [inbox.id],
    });
    await workspace.client.delete(`/v1/teams/${missing.id}`);
    expect(getData(await getInvitation(invitation.token))).toMatchObject({
      workspace_name: 'Acme Support',
      locale: 'en',
      inviter_name: 'Sarah Chen',
      email,
      name: 'Ben Ode',
      password: 'new',
    });
    const joined = getData(await accept(invitation.token, { password: PASSWORD, name: 'Benjamin Ode' }));
    expect(joined).toMatchObject({ user_id: id, workspace_id: workspace.id, workspaces: [{ id: workspace.id }] });
    const client = new Client(joined.access_token);
    expect(getData(await client.get<ItemResponse<User>>('/v1/me'))).toMatchObject({
      name: 'Benjamin Ode',
      status: 'active',
      role: 'agent',
    });
    expect(
      (await client.get<ListResponse<User>>('/v1/users', { team: team.id })).body.data.map((user) => user.id),
    ).toEqual([id]);
    expect(
      (await client.get<ListResponse<User>>(`/v1/team-inboxes/${inbox.id}/members`)).body.data.map((user) => user.id),
    ).toEqual([id]);
    expect(await emittedEvents(id)).toEqual([
      'user.invited',
      'user.joined',
      'team.member_added',
      'inbox.member_added',
      'security.login',
    ]);
    expect((await new Client().post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(200);
  });

  it('should accept a token only once, also concurrently', async () => {
    const { invitation } = await invite(workspace.client);
    const statuses = (await Promise.all([accept(invitation.token), accept(invitation.token)])).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([200, 401]);
    expect([(await accept(invitation.token)).status, (await getInvitation(invitation.token)).status]).toEqual([
      401, 401,
    ]);
  });

  it('should reject an unknown or expired token', async () => {
    expect(getError(await accept('inv_nobody-has-given-this-out')).status).toBe(401);
    const { id, invitation } = await invite(workspace.client);
    await withDatabase((database) =>
      database.query('update teams.invitations set expires_at = now() where user_id = $1', [id]),
    );
    expect(getError(await accept(invitation.token)).status).toBe(401);
    expect(await statusOf(id)).toBe('invited');
  });

  it('should require a valid password of a new user and keep the token after an error', async () => {
    const { email, invitation } = await invite(workspace.client);
    expect(getError(await accept(invitation.token, {})).details).toHaveProperty('password');
    expect(getError(await accept(invitation.token, { password: email })).details).toEqual({
      password: ['password must not be your e-mail address'],
    });
    expect((await accept(invitation.token)).status).toBe(200);
  });

  it('should require the current password of an existing user', async () => {
    const other = await registerWorkspace('Elsewhere');
    const { id, invitation } = await invite(workspace.client, { email: other.email, name: 'Ben' });
    expect(id).toBe(other.userId);
    expect(getData(await getInvitation(invitation.token))).toMatchObject({ password: 'existing', name: 'Ben' });
    expect(getError(await accept(invitation.token)).details).toEqual({
      password: ['password is not the current password of your account'],
    });
    expect(
      getError(await accept(invitation.token, { password: other.password, name: 'New name' })).details,
    ).toHaveProperty('name');
    const joined = getData(await accept(invitation.token, { password: other.password }));
    expect(joined.workspaces.map((item) => item.id).sort()).toEqual([workspace.id, other.id].sort());
    expect(joined.workspace_id).toBe(workspace.id);
    expect((await other.client.get('/v1/me')).status).toBe(200);
  });

  it('should throttle wrong passwords of an existing user', async () => {
    const other = await registerWorkspace();
    const { invitation } = await invite(workspace.client, { email: other.email });
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await accept(invitation.token)).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });

  it('should set no password for a user who signs in through a provider elsewhere', async () => {
    const other = await registerWorkspace();
    await runSql('update teams.users set password_hash = null where id = $1', [other.userId]);
    const handedOut = await invite(workspace.client, { email: other.email });
    expect(getData(await getInvitation(handedOut.invitation.token)).password).toBe('new');
    const joined = getData(await accept(handedOut.invitation.token));
    expect(joined.user_id).not.toBe(other.userId);
    expect(joined.workspaces.map(({ id }) => id)).toEqual([workspace.id]);

    await invite((await registerWorkspace('Third')).client, { email: other.email, send: true });
    const mail = await waitForMail(other.email, ({ subject }) => subject === 'Join Third on Parley');
    const [, token] = /\/accept-invitation#token=(\S+)/.exec(mail.text!)!;
    expect(getData(await getInvitation(token!)).password).toBe('none');
    expect(getError(await accept(token!)).details).toHaveProperty('password');
    expect(getData(await accept(token!, {})).user_id).toBe(other.userId);
  });

  it('should accept only owners when the workspace does not allow passwords', async () => {
    const { invitation } = await invite(workspace.client);
    await withDatabase((database) =>
      database.query(`update teams.workspaces set settings = settings || '{"password_sign_in": false}' where id = $1`, [
        workspace.id,
      ]),
    );
    expect(getError(await accept(invitation.token)).status).toBe(403);
    const owner = await invite(workspace.client, { role: 'owner' });
    expect((await accept(owner.invitation.token)).status).toBe(200);
  });
});

describe('POST /v1/users/{id}/invite', () => {
  it('should issue a new link and invalidate the previous one', async () => {
    const { id, invitation } = await invite(workspace.client);
    const resent = getData(
      await workspace.client.post<ItemResponse<Invitation>>(`/v1/users/${id}/invite`, { send: false }),
    );
    expect([(await accept(invitation.token)).status, (await accept(resent.invitation.token)).status]).toEqual([
      401, 200,
    ]);
    expect(getError(await workspace.client.post(`/v1/users/${id}/invite`, {}))).toMatchObject({
      status: 422,
      details: { status: 'active' },
    });
  });

  it('should mail an invitation that was not mailed before', async () => {
    const { id, email } = await invite(workspace.client);
    expect(
      getData(await workspace.client.post<ItemResponse<Invitation>>(`/v1/users/${id}/invite`, {})).invitation,
    ).toMatchObject({
      mailed: true,
      token: null,
    });
    expect((await waitForMail(email)).text).toContain('/accept-invitation#token=inv_');
  });

  it('should return 404 for a user of another workspace', async () => {
    const { id, invitation } = await invite((await registerWorkspace()).client);
    expect(getError(await workspace.client.post(`/v1/users/${id}/invite`, { send: false })).status).toBe(404);
    expect((await getInvitation(invitation.token)).status).toBe(200);
  });
});

describe('DELETE /v1/users/{id}', () => {
  it('should revoke the invitation and delete a user who never joined', async () => {
    const { id, email, invitation } = await invite(workspace.client);
    expect((await workspace.client.delete(`/v1/users/${id}`)).status).toBe(204);
    expect((await accept(invitation.token)).status).toBe(401);
    expect(getError(await workspace.client.get(`/v1/users/${id}`)).status).toBe(404);
    expect(await emittedEvents(id)).toEqual(['user.invited', 'user.invitation_revoked']);
    expect((await invite(workspace.client, { email })).id).not.toBe(id);
  });

  it('should keep users who belong to or are concurrently invited to another workspace', async () => {
    const other = await registerWorkspace();
    const { id } = await invite(workspace.client, { email: other.email });
    expect((await workspace.client.delete(`/v1/users/${id}`)).status).toBe(204);
    expect((await other.client.get('/v1/me')).status).toBe(200);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const person = await invite(workspace.client);
      const [existing] = await Promise.all([
        invite(other.client, { email: person.email }),
        workspace.client.delete(`/v1/users/${person.id}`),
      ]);
      expect((await getInvitation(existing.invitation.token)).status).toBe(200);
    }
  });

  it('should reject active members and users of another workspace', async () => {
    expect(getError(await workspace.client.delete(`/v1/users/${(await createMember(workspace)).userId}`)).status).toBe(
      422,
    );
    expect(
      getError(await workspace.client.delete(`/v1/users/${(await invite((await registerWorkspace()).client)).id}`))
        .status,
    ).toBe(404);
  });
});

it('should allow a user of two workspaces to join a third', async () => {
  const [other, third] = [await registerWorkspace(), await registerWorkspace()];
  await joinWorkspace(other, third.userId);
  const { invitation } = await invite(workspace.client, { email: third.email });
  expect(getData(await accept(invitation.token, { password: third.password })).workspaces).toHaveLength(3);
  expect(await emittedEvents(third.userId)).toContain('user.joined');
});
