import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeContact } from '../factories/contact.js';
import { makeConversation } from '../factories/conversation.js';
import { makeInbox } from '../factories/inbox.js';
import { invite, joinWorkspace, makeMember, type Member } from '../factories/member.js';
import { makeTeam } from '../factories/team.js';
import { apiKey, Client, dataOf, refusalOf, register, signIn, type Answer, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Conversation, LoggedEvent, Many, One, User } from '../support/wire.js';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await register();
});

function change(userId: string, body: object, client = workspace.client): Promise<Answer<One<User>>> {
  return client.patch(`/v1/users/${userId}`, body);
}

function deactivate(userId: string, body: object = {}, client = workspace.client): Promise<Answer<One<User>>> {
  return client.post(`/v1/users/${userId}/deactivate`, body);
}

async function conversation(id: string): Promise<Conversation> {
  return dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`));
}

async function told(type: string, subjectId: string): Promise<LoggedEvent['data'][]> {
  return (await eventsOf(workspace.client))
    .filter((event) => event.type === type && event.subject_id === subjectId)
    .map(({ data }) => data);
}

describe('GET /v1/users', () => {
  it('should be narrowed to an inbox', async () => {
    const [{ userId }, { id: inbox }] = [await makeMember(workspace), await makeInbox(workspace.client)];
    await workspace.client.post(`/v1/team-inboxes/${inbox}/members`, { user_id: userId });
    expect((await workspace.client.get<Many<User>>('/v1/users', { inbox })).body.data.map(({ id }) => id)).toEqual([
      userId,
    ]);
    expect(
      (await workspace.client.get<Many<User>>('/v1/users', { inbox: (await makeInbox((await register()).client)).id }))
        .body.data,
    ).toEqual([]);
  });
});

describe('PATCH /v1/users/{id}', () => {
  it('should change name, picture, role and availability, all or nothing, and tell of it', async () => {
    const { userId } = await makeMember(workspace);
    const body = {
      name: 'Benjamin Ode',
      avatar_url: 'https://acme.example/ben.png',
      role: 'admin',
      availability: 'busy',
    };
    expect(dataOf(await change(userId, body))).toMatchObject(body);
    expect(await told('user.updated', userId)).toEqual([
      { changed: { name: ['Ben Ode', 'Benjamin Ode'], avatar_url: [null, 'https://acme.example/ben.png'] } },
    ]);
    expect(await told('user.availability_changed', userId)).toHaveLength(1);
    expect(dataOf(await change(userId, { name: 'Benjamin Ode', avatar_url: null })).avatar_url).toBeNull();
    expect(refusalOf(await change(userId, { name: 'Nobody', role: 'boss' })).status).toBe(422);
    expect(dataOf(await change(userId, {})).name).toBe('Benjamin Ode');
  });

  it('should leave the name of who is in other workspaces to them', async () => {
    const other = await register();
    await joinWorkspace(workspace, other.userId);
    expect(refusalOf(await change(other.userId, { name: 'Renamed' })).status).toBe(422);
    expect((await change(other.userId, { role: 'admin', availability: 'busy' })).status).toBe(200);
    expect(dataOf(await other.client.patch<One<{ user: User }>>('/v1/me', { name: 'Renamed' })).user.name).toBe(
      'Renamed',
    );
  });

  it('should let everybody change themselves and nobody without the scope anybody else', async () => {
    const { userId, client } = await makeMember(workspace);
    expect(
      dataOf(
        await client.patch<One<{ user: User }>>('/v1/me', { name: 'Benny', avatar_url: 'https://acme.example/b.png' }),
      ).user,
    ).toMatchObject({ id: userId, name: 'Benny', availability: 'online' });
    expect(refusalOf(await change(workspace.userId, { name: 'Mine' }, client)).status).toBe(403);
    expect((await change(userId, { name: 'Ben' }, (await apiKey(workspace, ['users:write'])).client)).status).toBe(200);
    expect(refusalOf(await change(userId, { role: 'owner' }, (await apiKey(workspace)).client)).status).toBe(403);
  });

  it('should not change a user of another workspace', async () => {
    const { userId } = await makeMember(await register());
    expect(refusalOf(await change(userId, { name: 'Ours' })).status).toBe(404);
  });
});

describe('POST /v1/users/{id}/deactivate', () => {
  it('should end sessions and personal keys for good, and leave other workspaces be', async () => {
    const [member, other] = [await makeMember(workspace, 'admin'), await register()];
    await joinWorkspace(other, member.userId, 'owner');
    const { id, key } = dataOf(
      await member.client.post<One<{ id: string; key: string }>>('/v1/api-keys', { name: 'Mine', kind: 'personal' }),
    );
    const elsewhere = dataOf(
      await new Client().post<One<{ access_token: string }>>('/v1/auth/login', {
        email: member.email,
        password: member.password,
        workspace_id: other.id,
      }),
    );
    expect((await new Client(key).get('/v1/me')).status).toBe(200);
    expect(dataOf(await deactivate(member.userId)).status).toBe('inactive');
    expect([
      (await member.client.get('/v1/me')).status,
      (await new Client(key).get('/v1/me')).status,
      (await new Client(elsewhere.access_token).get('/v1/me')).status,
    ]).toEqual([401, 401, 200]);
    expect([await told('user.deactivated', member.userId), await told('api_key.revoked', id)]).toEqual([
      [{ hand_over_to: null }],
      [{ name: 'Mine' }],
    ]);
    expect(dataOf(await deactivate(member.userId)).status).toBe('inactive');
    expect(await told('user.deactivated', member.userId)).toHaveLength(1);
    expect(dataOf(await workspace.client.post<One<User>>(`/v1/users/${member.userId}/activate`)).status).toBe('active');
    expect([(await member.client.get('/v1/me')).status, (await new Client(key).get('/v1/me')).status]).toEqual([
      401, 401,
    ]);
  });

  it('should hand what they are at work on to the user named, and leave what is done', async () => {
    const [ben, ada] = [await makeMember(workspace), await makeMember(workspace)];
    const make = async (to?: string): Promise<string> => {
      const { id } = await makeConversation(workspace.client, { assignee_id: ben.userId });
      if (to) dataOf(await workspace.client.patch<One<Conversation>>(`/v1/conversations/${id}`, { status: to }));
      return id;
    };
    const [open, pending, resolved] = [await make(), await make('pending'), await make('resolved')];
    await deactivate(ben.userId, { hand_over_to: ada.userId });
    await eventually(async () => expect((await conversation(pending)).assignee?.id).toBe(ada.userId));
    expect((await conversation(open)).assignee?.id).toBe(ada.userId);
    expect((await conversation(resolved)).assignee?.id).toBe(ben.userId);
  });

  it('should leave their work to its team, else to nobody', async () => {
    const [ben, team] = [await makeMember(workspace), await makeTeam(workspace.client)];
    const { id: contact } = await makeContact(workspace.client);
    const ours = await makeConversation(workspace.client, { assignee_id: ben.userId, team_id: team.id });
    const his = await makeConversation(workspace.client, { assignee_id: ben.userId, contact_id: contact });
    await deactivate(ben.userId);
    await eventually(async () => expect((await conversation(his.id)).assignee).toBeNull());
    await eventually(async () =>
      expect(await conversation(ours.id)).toMatchObject({ assignee: null, team: { id: team.id } }),
    );
    expect(
      refusalOf(await workspace.client.post(`/v1/conversations/${his.id}/assign`, { assignee_id: ben.userId })).status,
    ).toBe(422);
  });

  it('should keep the last owner, also when two owners go at once', async () => {
    expect(refusalOf(await deactivate(workspace.userId)).status).toBe(422);
    const second = await makeMember(workspace, 'owner');
    const statuses = (
      await Promise.all([deactivate(second.userId), deactivate(workspace.userId, {}, second.client)])
    ).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it('should be for owners and admins, and nobody above them', async () => {
    const [admin, agent] = [await makeMember(workspace, 'admin'), await makeMember(workspace)];
    expect(refusalOf(await deactivate(workspace.userId, {}, admin.client)).status).toBe(403);
    expect(refusalOf(await deactivate(admin.userId, {}, agent.client)).status).toBe(403);
    expect(refusalOf(await deactivate(agent.userId, {}, (await apiKey(workspace)).client)).status).toBe(403);
    expect((await deactivate(agent.userId, {}, admin.client)).status).toBe(200);
  });

  it('should refuse to hand over to nobody active, and who has not joined', async () => {
    const [ben, other, invited] = [await makeMember(workspace), await register(), await invite(workspace.client)];
    for (const id of [other.userId, randomUUID(), invited.id])
      expect(refusalOf(await deactivate(ben.userId, { hand_over_to: id }))).toMatchObject({
        status: 422,
        details: { hand_over_to: id },
      });
    expect(refusalOf(await deactivate(ben.userId, { hand_over_to: ben.userId })).details).toHaveProperty(
      'hand_over_to',
    );
    expect(refusalOf(await deactivate(invited.id)).status).toBe(422);
    expect(refusalOf(await workspace.client.post(`/v1/users/${invited.id}/activate`)).status).toBe(422);
  });

  it('should not be for users of another workspace', async () => {
    const member: Member = await makeMember(await register());
    expect([
      (await deactivate(member.userId)).status,
      (await workspace.client.post(`/v1/users/${member.userId}/activate`)).status,
    ]).toEqual([404, 404]);
    expect((await member.client.get('/v1/me')).status).toBe(200);
  });
});

describe('POST /v1/users/{id}/activate', () => {
  it('should let somebody in again, in the teams of before, and tell of it', async () => {
    const [member, team] = [await makeMember(workspace), await makeTeam(workspace.client)];
    await workspace.client.post(`/v1/teams/${team.id}/members`, { user_id: member.userId });
    await deactivate(member.userId);
    expect((await new Client().post('/v1/auth/login', { email: member.email, password: member.password })).status).toBe(
      401,
    );
    expect((await workspace.client.post(`/v1/users/${member.userId}/activate`)).status).toBe(200);
    const { client } = await signIn(member);
    expect((await client.get<Many<User>>('/v1/users', { team: team.id })).body.data.map(({ id }) => id)).toEqual([
      member.userId,
    ]);
    expect(await told('user.activated', member.userId)).toEqual([{}]);
  });
});
