import { eventually } from '@parley/kernel/testing';
import { createConversation } from '../factories/conversation.js';
import { createTeam } from '../factories/team.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ListResponse, ItemResponse, Team, User } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

describe('POST /v1/teams', () => {
  it('should create a team with its initial members', async () => {
    const team = await createTeam(workspace.client, {
      name: 'Refunds',
      description: 'Money back',
      member_ids: [workspace.userId, workspace.userId],
    });
    expect(team).toMatchObject({ name: 'Refunds', description: 'Money back', members_count: 1, version: 1 });
    expect(
      (await listEvents(workspace.client)).filter(({ subject_id }) => subject_id === team.id).map(({ type }) => type),
    ).toEqual(['team.created', 'team.member_added']);
  });

  it('should reject a used name in any case and create nothing', async () => {
    const { name } = await createTeam(workspace.client);
    expect(getError(await workspace.client.post('/v1/teams', { name: name.toUpperCase() }))).toMatchObject({
      status: 409,
      code: 'CONFLICT',
    });
    expect((await workspace.client.get<ListResponse<Team>>('/v1/teams', { q: name })).body.total).toBe(1);
  });

  it('should accept a name that is used in another workspace', async () => {
    const { name } = await createTeam(workspace.client);
    expect((await createTeam(other.client, { name })).name).toBe(name);
  });

  it('should create nothing when a member is a user of another workspace', async () => {
    expect(
      getError(await workspace.client.post('/v1/teams', { name: 'Strangers', member_ids: [other.userId] })),
    ).toMatchObject({ status: 422, code: 'UNPROCESSABLE', details: { member_ids: other.userId } });
    expect((await workspace.client.get<ListResponse<Team>>('/v1/teams', { q: 'Strangers' })).body.data).toEqual([]);
  });
});

describe('GET /v1/teams', () => {
  it('should list teams by time of creation and filter them by name', async () => {
    const fresh = await registerWorkspace();
    for (const name of ['First line', 'Second line', '100%']) await createTeam(fresh.client, { name });
    const names = async (query: Record<string, string>) =>
      (await fresh.client.get<ListResponse<Team>>('/v1/teams', query)).body.data.map(({ name }) => name);
    expect(await names({})).toEqual(['First line', 'Second line', '100%']);
    expect(await names({ order_dir: 'desc' })).toEqual(['100%', 'Second line', 'First line']);
    expect(await names({ q: 'LINE' })).toEqual(['First line', 'Second line']);
    expect(await names({ q: '%' })).toEqual(['100%']);
  });

  it('should not list teams of another workspace', async () => {
    const { id } = await createTeam(other.client);
    expect(
      (await workspace.client.get<ListResponse<Team>>('/v1/teams', { limit: 100 })).body.data.map((team) => team.id),
    ).not.toContain(id);
  });
});

describe('PATCH and DELETE /v1/teams/{id}', () => {
  it('should change only the given fields and keep the version when nothing changes', async () => {
    const team = await createTeam(workspace.client, { description: 'Before' });
    const changed = getData(
      await workspace.client.patch<ItemResponse<Team>>(`/v1/teams/${team.id}`, { description: 'After' }),
    );
    expect(changed).toMatchObject({ name: team.name, description: 'After', version: 2 });
    expect(
      getData(await workspace.client.patch<ItemResponse<Team>>(`/v1/teams/${team.id}`, { description: 'After' }))
        .version,
    ).toBe(2);
  });

  it('should unassign the team from its conversations when it is deleted', async () => {
    const team = await createTeam(workspace.client);
    const { id } = await createConversation(workspace.client, { team_id: team.id });
    expect((await workspace.client.delete(`/v1/teams/${team.id}`)).status).toBe(204);
    expect(getError(await workspace.client.get(`/v1/teams/${team.id}`)).status).toBe(404);
    await eventually(
      async () =>
        getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).team === null,
    );
  });

  it('should return 404 for a team of another workspace', async () => {
    const { id } = await createTeam(other.client, { description: 'Theirs' });
    expect(getError(await workspace.client.patch(`/v1/teams/${id}`, { description: 'Ours' })).status).toBe(404);
    expect(getError(await workspace.client.delete(`/v1/teams/${id}`)).status).toBe(404);
    expect(getData(await other.client.get<ItemResponse<Team>>(`/v1/teams/${id}`)).description).toBe('Theirs');
  });
});

describe('team members', () => {
  it('should be added, listed, filtered by and removed', async () => {
    const { id } = await createTeam(workspace.client);
    const path = `/v1/teams/${id}/members`;
    expect((await workspace.client.post(path, { user_id: workspace.userId })).status).toBe(201);
    expect((await workspace.client.post(path, { user_id: workspace.userId })).status).toBe(201);
    const members = (await workspace.client.get<ListResponse<User>>(path)).body;
    expect(members.data.map((user) => user.id)).toEqual([workspace.userId]);
    expect(
      (
        await workspace.client.get<ListResponse<Team>>('/v1/teams', { member: workspace.userId, limit: 100 })
      ).body.data.map((team) => team.id),
    ).toContain(id);
    expect((await workspace.client.get<ListResponse<User>>('/v1/users', { team: id })).body.total).toBe(1);
    expect((await workspace.client.delete(`${path}/${workspace.userId}`)).status).toBe(204);
    expect(getError(await workspace.client.delete(`${path}/${workspace.userId}`)).status).toBe(404);
    const types = (await listEvents(workspace.client))
      .filter(({ subject_id }) => subject_id === id)
      .map(({ type }) => type);
    expect(types).toEqual(['team.created', 'team.member_added', 'team.member_removed']);
  });

  it('should not be users of another workspace', async () => {
    const { id } = await createTeam(workspace.client);
    expect(getError(await workspace.client.post(`/v1/teams/${id}/members`, { user_id: other.userId })).status).toBe(
      422,
    );
    expect((await workspace.client.get<ListResponse<User>>(`/v1/teams/${id}/members`)).body.data).toEqual([]);
  });
});

describe('users', () => {
  it('should be found by name and e-mail', async () => {
    const [sarah] = (
      await workspace.client.get<ListResponse<User>>('/v1/users', { q: 'sarah', role: 'owner', status: 'active' })
    ).body.data;
    expect(sarah).toMatchObject({ id: workspace.userId, name: 'Sarah Chen', role: 'owner', availability: 'online' });
    expect(getData(await workspace.client.get<ItemResponse<User>>(`/v1/users/${workspace.userId}`)).email).toBe(
      workspace.email,
    );
  });

  it('should be inaccessible from another workspace', async () => {
    expect((await workspace.client.get<ListResponse<User>>('/v1/users', { q: other.email })).body.data).toEqual([]);
    expect(getError(await workspace.client.get(`/v1/users/${other.userId}`)).status).toBe(404);
  });

  it('should set their availability and emit an event', async () => {
    expect(
      getData(await workspace.client.patch<ItemResponse<User>>('/v1/me', { availability: 'busy' })).availability,
    ).toBe('busy');
    const emitted = (await listEvents(workspace.client)).filter(({ type }) => type === 'user.availability_changed');
    expect(emitted.map(({ data }) => data)).toEqual([{ changed: { availability: ['online', 'busy'] } }]);
  });
});
