import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { createConversation } from '../factories/conversation.js';
import { createInbox } from '../factories/inbox.js';
import { invite, joinWorkspace, createMember, type Member } from '../factories/member.js';
import { createTeam } from '../factories/team.js';
import {
  createApiKey,
  Client,
  getData,
  getError,
  registerWorkspace,
  signIn,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, LoggedEvent, ListResponse, ItemResponse, User } from '../support/wire.js';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

function change(userId: string, body: object, client = workspace.client): Promise<ApiResponse<ItemResponse<User>>> {
  return client.patch(`/v1/users/${userId}`, body);
}

function deactivate(
  userId: string,
  body: object = {},
  client = workspace.client,
): Promise<ApiResponse<ItemResponse<User>>> {
  return client.post(`/v1/users/${userId}/deactivate`, body);
}

async function conversation(id: string): Promise<Conversation> {
  return getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`));
}

async function emittedEvents(type: string, subjectId: string): Promise<LoggedEvent['data'][]> {
  return (await listEvents(workspace.client))
    .filter((event) => event.type === type && event.subject_id === subjectId)
    .map(({ data }) => data);
}

describe('GET /v1/users', () => {
  it('should filter by inbox', async () => {
    const [{ userId }, { id: inbox }] = [await createMember(workspace), await createInbox(workspace.client)];
    await workspace.client.post(`/v1/team-inboxes/${inbox}/members`, { user_id: userId });
    expect(
      (await workspace.client.get<ListResponse<User>>('/v1/users', { inbox })).body.data.map(({ id }) => id),
    ).toEqual([userId]);
    expect(
      (
        await workspace.client.get<ListResponse<User>>('/v1/users', {
          inbox: (await createInbox((await registerWorkspace()).client)).id,
        })
      ).body.data,
    ).toEqual([]);
  });
});

describe('PATCH /v1/users/{id}', () => {
  it('should change all given fields or nothing and emit events', async () => {
    const { userId } = await createMember(workspace);
    const body = {
      name: 'Benjamin Ode',
      avatar_url: 'https://acme.example/ben.png',
      role: 'admin',
      availability: 'busy',
    };
    expect(getData(await change(userId, body))).toMatchObject(body);
    expect(await emittedEvents('user.updated', userId)).toEqual([
      { changed: { name: ['Ben Ode', 'Benjamin Ode'], avatar_url: [null, 'https://acme.example/ben.png'] } },
    ]);
    expect(await emittedEvents('user.availability_changed', userId)).toHaveLength(1);
    expect(getData(await change(userId, { name: 'Benjamin Ode', avatar_url: null })).avatar_url).toBeNull();
    expect(getError(await change(userId, { name: 'Nobody', role: 'boss' })).status).toBe(422);
    expect(getData(await change(userId, {})).name).toBe('Benjamin Ode');
  });

  it('should not change the name of a member of several workspaces', async () => {
    const other = await registerWorkspace();
    await joinWorkspace(workspace, other.userId);
    expect(getError(await change(other.userId, { name: 'Renamed' })).status).toBe(422);
    expect((await change(other.userId, { role: 'admin', availability: 'busy' })).status).toBe(200);
    expect(getData(await other.client.patch<ItemResponse<User>>('/v1/me', { name: 'Renamed' })).name).toBe('Renamed');
  });

  it('should allow users to change themselves, and others only with the scope', async () => {
    const { userId, client } = await createMember(workspace);
    expect(
      getData(
        await client.patch<ItemResponse<User>>('/v1/me', {
          name: 'Benny',
          avatar_url: 'https://acme.example/b.png',
        }),
      ),
    ).toMatchObject({ id: userId, name: 'Benny', availability: 'online' });
    expect(getError(await change(workspace.userId, { name: 'Mine' }, client)).status).toBe(403);
    expect(
      (await change(userId, { name: 'Ben' }, (await createApiKey(workspace, ['users:write'])).client)).status,
    ).toBe(200);
    expect(getError(await change(userId, { role: 'owner' }, (await createApiKey(workspace)).client)).status).toBe(403);
  });

  it('should not change owners and admins with the scope alone or with a lower role', async () => {
    const [admin, other] = [await createMember(workspace, 'admin'), await createMember(workspace, 'admin')];
    const { id: lead } = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>('/v1/roles', { name: 'Lead', scopes: ['users:write'] }),
    );
    const clients = [
      (await createApiKey(workspace, ['users:write'])).client,
      (await createApiKey(workspace)).client,
      (await createMember(workspace, lead)).client,
    ];
    const changes = [{ name: 'Mallory' }, { availability: 'offline' }, { auto_offline: false }, { avatar_url: null }];
    for (const client of clients)
      for (const userId of [workspace.userId, admin.userId])
        for (const body of changes) expect(getError(await change(userId, body, client)).status).toBe(403);
    for (const body of changes) expect(getError(await change(workspace.userId, body, admin.client)).status).toBe(403);
    expect((await change(other.userId, { name: 'Other', availability: 'busy' }, admin.client)).status).toBe(200);
    expect((await change(admin.userId, { availability: 'offline' }, admin.client)).status).toBe(200);
  });

  it('should return 404 for a user of another workspace', async () => {
    const { userId } = await createMember(await registerWorkspace());
    expect(getError(await change(userId, { name: 'Ours' })).status).toBe(404);
  });
});

describe('POST /v1/users/{id}/deactivate', () => {
  it('should revoke sessions and personal keys in this workspace only', async () => {
    const [member, other] = [await createMember(workspace, 'admin'), await registerWorkspace()];
    await joinWorkspace(other, member.userId, 'owner');
    const { id, key } = getData(
      await member.client.post<ItemResponse<{ id: string; key: string }>>('/v1/api-keys', {
        name: 'Mine',
        kind: 'personal',
        scopes: ['*'],
      }),
    );
    const elsewhere = getData(
      await new Client().post<ItemResponse<{ access_token: string }>>('/v1/auth/login', {
        email: member.email,
        password: member.password,
        workspace_id: other.id,
      }),
    );
    expect((await new Client(key).get('/v1/me')).status).toBe(200);
    expect(getData(await deactivate(member.userId)).status).toBe('inactive');
    expect([
      (await member.client.get('/v1/me')).status,
      (await new Client(key).get('/v1/me')).status,
      (await new Client(elsewhere.access_token).get('/v1/me')).status,
    ]).toEqual([401, 401, 200]);
    expect([
      await emittedEvents('user.deactivated', member.userId),
      await emittedEvents('api_key.revoked', id),
    ]).toEqual([[{ reassign_to: null }], [{ name: 'Mine' }]]);
    expect(getData(await deactivate(member.userId)).status).toBe('inactive');
    expect(await emittedEvents('user.deactivated', member.userId)).toHaveLength(1);
    expect(getData(await workspace.client.post<ItemResponse<User>>(`/v1/users/${member.userId}/activate`)).status).toBe(
      'active',
    );
    expect([(await member.client.get('/v1/me')).status, (await new Client(key).get('/v1/me')).status]).toEqual([
      401, 401,
    ]);
  });

  it('should reassign unresolved conversations to the given user', async () => {
    const [ben, ada] = [await createMember(workspace), await createMember(workspace)];
    const create = async (to?: string): Promise<string> => {
      const { id } = await createConversation(workspace.client, { assignee_id: ben.userId });
      if (to)
        getData(await workspace.client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, { status: to }));
      return id;
    };
    const [open, pending, resolved] = [await create(), await create('pending'), await create('resolved')];
    await deactivate(ben.userId, { reassign_to: ada.userId });
    await eventually(async () => expect((await conversation(pending)).assignee?.id).toBe(ada.userId));
    expect((await conversation(open)).assignee?.id).toBe(ada.userId);
    expect((await conversation(resolved)).assignee?.id).toBe(ben.userId);
  });

  it('should unassign conversations and keep their team by default', async () => {
    const [ben, team] = [await createMember(workspace), await createTeam(workspace.client)];
    const { id: contact } = await createContact(workspace.client);
    const withTeam = await createConversation(workspace.client, { assignee_id: ben.userId, team_id: team.id });
    const withoutTeam = await createConversation(workspace.client, { assignee_id: ben.userId, contact_id: contact });
    await deactivate(ben.userId);
    await eventually(async () => expect((await conversation(withoutTeam.id)).assignee).toBeNull());
    await eventually(async () =>
      expect(await conversation(withTeam.id)).toMatchObject({ assignee: null, team: { id: team.id } }),
    );
    expect(
      getError(await workspace.client.post(`/v1/conversations/${withoutTeam.id}/assign`, { assignee_id: ben.userId }))
        .status,
    ).toBe(422);
  });

  it('should keep the last owner, also when two owners are deactivated concurrently', async () => {
    expect(getError(await deactivate(workspace.userId)).status).toBe(422);
    const second = await createMember(workspace, 'owner');
    const statuses = (
      await Promise.all([deactivate(second.userId), deactivate(workspace.userId, {}, second.client)])
    ).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it('should require an owner or admin who does not rank below the user', async () => {
    const [admin, agent] = [await createMember(workspace, 'admin'), await createMember(workspace)];
    expect(getError(await deactivate(workspace.userId, {}, admin.client)).status).toBe(403);
    expect(getError(await deactivate(admin.userId, {}, agent.client)).status).toBe(403);
    expect(getError(await deactivate(agent.userId, {}, (await createApiKey(workspace)).client)).status).toBe(403);
    expect((await deactivate(agent.userId, {}, admin.client)).status).toBe(200);
  });

  it('should reject an inactive reassign_to and an invited user', async () => {
    const [ben, other, invited] = [
      await createMember(workspace),
      await registerWorkspace(),
      await invite(workspace.client),
    ];
    for (const id of [other.userId, randomUUID(), invited.id])
      expect(getError(await deactivate(ben.userId, { reassign_to: id }))).toMatchObject({
        status: 422,
        details: { reassign_to: id },
      });
    expect(getError(await deactivate(ben.userId, { reassign_to: ben.userId })).details).toHaveProperty('reassign_to');
    expect(getError(await deactivate(invited.id)).status).toBe(422);
    expect(getError(await workspace.client.post(`/v1/users/${invited.id}/activate`)).status).toBe(422);
  });

  it('should return 404 for a user of another workspace', async () => {
    const member: Member = await createMember(await registerWorkspace());
    expect([
      (await deactivate(member.userId)).status,
      (await workspace.client.post(`/v1/users/${member.userId}/activate`)).status,
    ]).toEqual([404, 404]);
    expect((await member.client.get('/v1/me')).status).toBe(200);
  });
});

describe('POST /v1/users/{id}/activate', () => {
  it('should restore sign-in and teams and emit an event', async () => {
    const [member, team] = [await createMember(workspace), await createTeam(workspace.client)];
    await workspace.client.post(`/v1/teams/${team.id}/members`, { user_id: member.userId });
    await deactivate(member.userId);
    expect((await new Client().post('/v1/auth/login', { email: member.email, password: member.password })).status).toBe(
      401,
    );
    expect((await workspace.client.post(`/v1/users/${member.userId}/activate`)).status).toBe(200);
    const { client } = await signIn(member);
    expect(
      (await client.get<ListResponse<User>>('/v1/users', { team: team.id })).body.data.map(({ id }) => id),
    ).toEqual([member.userId]);
    expect(await emittedEvents('user.activated', member.userId)).toEqual([{}]);
  });
});
