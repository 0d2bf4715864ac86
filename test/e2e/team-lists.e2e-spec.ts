import { randomUUID } from 'node:crypto';
import { createInbox } from '../factories/inbox.js';
import { createMember } from '../factories/member.js';
import { createNotification } from '../factories/notification.js';
import { createTeam } from '../factories/team.js';
import {
  createApiKey,
  getData,
  createPersonalKey,
  getError,
  registerWorkspace,
  type Workspace,
} from '../support/client.js';
import type { ListResponse, NamedRef, ItemResponse, User } from '../support/wire.js';

const PROVIDER = { name: 'Acme login', issuer: 'https://login.acme.example', client_id: 'parley' };

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

async function idsOf(path: string, query: Record<string, string> = {}, client = workspace.client): Promise<string[]> {
  return (await client.get<ListResponse<{ id: string }>>(path, query)).body.data.map(({ id }) => id);
}

async function createItem(path: string, body: object): Promise<string> {
  return getData(await workspace.client.post<ItemResponse<{ id: string }>>(path, body)).id;
}

/** Creates an item of each list and returns its ID. */
const LISTS: Readonly<Record<string, () => Promise<string>>> = {
  '/v1/users': async () => (await createMember(workspace)).userId,
  '/v1/teams': async () => (await createTeam(workspace.client)).id,
  '/v1/team-inboxes': async () => (await createInbox(workspace.client)).id,
  '/v1/roles': () => createItem('/v1/roles', { name: randomUUID(), scopes: ['contacts:read'] }),
  '/v1/oidc-providers': () => createItem('/v1/oidc-providers', PROVIDER),
  '/v1/api-keys': async () => (await createApiKey(workspace)).id,
};

describe('time filters', () => {
  it.each(Object.keys(LISTS))('should apply the times of creation and of the last change in %s', async (path) => {
    await LISTS[path]!();
    const id = await LISTS[path]!();
    const { created_at: createdAt, updated_at: updatedAt } = getData(
      await workspace.client.get<ItemResponse<{ created_at: string; updated_at: string }>>(`${path}/${id}`),
    );
    expect(await idsOf(path, { created_after: createdAt })).toEqual([id]);
    expect(await idsOf(path, { created_before: createdAt })).not.toContain(id);
    expect(await idsOf(path, { updated_after: updatedAt })).toEqual([id]);
    expect(await idsOf(path, { updated_before: updatedAt })).not.toContain(id);
  });

  it('should apply the time of creation in lists of immutable items', async () => {
    const { id } = await createNotification(workspace);
    const [at] = (await workspace.client.get<ListResponse<{ created_at: string }>>('/v1/notifications')).body.data.map(
      ({ created_at: createdAt }) => createdAt,
    );
    expect([
      await idsOf('/v1/notifications', { created_after: at! }),
      await idsOf('/v1/notifications', { created_before: at! }),
    ]).toEqual([[id], []]);
    const [session] = (await workspace.client.get<ListResponse<{ id: string; created_at: string }>>('/v1/sessions'))
      .body.data;
    expect([
      await idsOf('/v1/sessions', { created_after: session!.created_at }),
      await idsOf('/v1/sessions', { created_before: session!.created_at }),
    ]).toEqual([[session!.id], []]);
  });

  it('should apply in lists of team and inbox members', async () => {
    const member = await createMember(workspace);
    for (const path of [
      `/v1/teams/${(await createTeam(workspace.client)).id}/members`,
      `/v1/team-inboxes/${(await createInbox(workspace.client)).id}/members`,
    ]) {
      for (const user_id of [workspace.userId, member.userId]) await workspace.client.post(path, { user_id });
      const { created_at: joined } = getData(
        await workspace.client.get<ItemResponse<{ created_at: string }>>(`/v1/users/${member.userId}`),
      );
      expect([await idsOf(path, { created_after: joined }), await idsOf(path, { created_before: joined })]).toEqual([
        [member.userId],
        [workspace.userId],
      ]);
    }
  });
});

describe('order_by', () => {
  it.each(['/v1/teams', '/v1/team-inboxes'])(
    'should sort %s by name case-insensitively, page by page',
    async (path) => {
      const ids: Record<string, string> = {};
      for (const name of ['beta', 'Gamma', 'Alpha']) ids[name] = await createItem(path, { name });
      expect(await idsOf(path)).toEqual([ids.beta, ids.Gamma, ids.Alpha]);
      expect(await idsOf(path, { order_by: 'name' })).toEqual([ids.Alpha, ids.beta, ids.Gamma]);
      const { meta } = (
        await workspace.client.get<ListResponse<object>>(path, { order_by: 'name', order_dir: 'desc', limit: 1 })
      ).body;
      expect(await idsOf(path, { order_by: 'name', order_dir: 'desc', limit: '5', cursor: meta.next_cursor! })).toEqual(
        [ids.beta, ids.Alpha],
      );
      expect(getError(await workspace.client.get(path, { cursor: meta.next_cursor! })).details).toHaveProperty(
        'cursor',
      );
    },
  );

  it('should sort users by name', async () => {
    const [zoe, ada] = [await createMember(workspace), await createMember(workspace)];
    await zoe.client.patch('/v1/me', { name: 'zoe' });
    await ada.client.patch('/v1/me', { name: 'Ada' });
    expect(await idsOf('/v1/users', { order_by: 'name' })).toEqual([ada.userId, workspace.userId, zoe.userId]);
  });
});

describe('filter values me and none', () => {
  it.each(['/v1/teams', '/v1/team-inboxes'])('should filter %s by the caller as a member', async (path) => {
    const own = await createItem(path, { name: 'Mine', member_ids: [workspace.userId] });
    const member = await createMember(workspace);
    const foreign = await createItem(path, { name: 'Theirs', member_ids: [member.userId] });
    expect([
      await idsOf(path, { member: 'me' }),
      await idsOf(path, { member: `me,${member.userId}` }),
      await idsOf(path, { member: 'me' }, member.client),
    ]).toEqual([[own], [own, foreign], [foreign]]);
    expect(getError(await (await createApiKey(workspace)).client.get(path, { member: 'me' })).details).toHaveProperty(
      'member',
    );
    expect(getError(await workspace.client.get(path, { member: 'somebody' })).details).toEqual({
      member: [expect.stringContaining('"somebody" is not a valid value of member')],
    });
  });

  it('should filter by missing team and inbox', async () => {
    const team = await createTeam(workspace.client, { member_ids: [workspace.userId] });
    const [inTeam, withoutTeam] = [
      await createInbox(workspace.client, { team_id: team.id }),
      await createInbox(workspace.client),
    ];
    expect([
      await idsOf('/v1/team-inboxes', { team: 'none' }),
      await idsOf('/v1/team-inboxes', { team: `none,${team.id}` }),
    ]).toEqual([[withoutTeam.id], [inTeam.id, withoutTeam.id]]);
    const { userId } = await createMember(workspace);
    await workspace.client.post(`/v1/team-inboxes/${withoutTeam.id}/members`, { user_id: userId });
    expect([
      await idsOf('/v1/users', { team: 'none' }),
      await idsOf('/v1/users', { inbox: 'none' }),
      await idsOf('/v1/users', { team: `none,${team.id}` }),
    ]).toEqual([[userId], [workspace.userId], [workspace.userId, userId]]);
  });
});

it('should include the teams and inboxes of a user in every response', async () => {
  const [beta, alpha, inbox] = [
    await createTeam(workspace.client, { name: 'beta' }),
    await createTeam(workspace.client, { name: 'Alpha' }),
    await createInbox(workspace.client, { name: 'Support' }),
  ];
  const { userId, client } = await createMember(workspace);
  for (const path of [`/v1/teams/${beta.id}`, `/v1/teams/${alpha.id}`, `/v1/team-inboxes/${inbox.id}`])
    await workspace.client.post(`${path}/members`, { user_id: userId });
  const expected = {
    teams: [
      { id: alpha.id, name: 'Alpha' },
      { id: beta.id, name: 'beta' },
    ],
    inboxes: [{ id: inbox.id, name: 'Support' }],
  };
  const listed = (await workspace.client.get<ListResponse<User & { teams: NamedRef[] }>>('/v1/users')).body.data;
  expect(listed).toMatchObject([
    { id: workspace.userId, teams: [], inboxes: [] },
    { id: userId, ...expected },
  ]);
  expect(getData(await workspace.client.get<ItemResponse<User>>(`/v1/users/${userId}`))).toMatchObject(expected);
  expect(getData(await client.get<ItemResponse<User>>('/v1/me'))).toMatchObject(expected);
});

it('should hide the teams of a user in other workspaces', async () => {
  const other = await registerWorkspace();
  await createTeam(other.client, { member_ids: [other.userId] });
  const { id } = getData(
    await workspace.client.post<ItemResponse<{ id: string }>>('/v1/users/invite', {
      email: other.email,
      role: 'agent',
    }),
  );
  expect(getData(await workspace.client.get<ItemResponse<User>>(`/v1/users/${id}`))).toMatchObject({
    teams: [],
    inboxes: [],
  });
});

describe('If-Match of a deletion', () => {
  it.each(['/v1/teams', '/v1/team-inboxes', '/v1/roles', '/v1/oidc-providers'])(
    'should prevent the deletion in %s when the version is outdated',
    async (path) => {
      const id = await LISTS[path]!();
      const { version } = getData(
        await workspace.client.patch<ItemResponse<{ version: number }>>(`${path}/${id}`, { name: `Changed ${id}` }),
      );
      const stale = getError(await workspace.client.delete(`${path}/${id}`, { 'if-match': `"${version - 1}"` }));
      expect(stale).toMatchObject({
        status: 412,
        code: 'PRECONDITION_FAILED',
        details: { current: { id, version, name: `Changed ${id}` } },
      });
      expect((await workspace.client.get(`${path}/${id}`)).status).toBe(200);
      expect((await workspace.client.delete(`${path}/${id}`, { 'if-match': `"${version}"` })).status).toBe(204);
      expect((await workspace.client.get(`${path}/${id}`)).status).toBe(404);
    },
  );
});

it('should find API keys by a part of their name', async () => {
  const { id } = await createPersonalKey(workspace);
  await createApiKey(workspace);
  expect(await idsOf('/v1/api-keys', { q: 'MIN' })).toEqual([id]);
});
