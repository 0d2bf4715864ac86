import { randomUUID } from 'node:crypto';
import { makeMember, type Member } from '../factories/member.js';
import { apiKey, Client, dataOf, refusalOf, register, type Answer, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { LoggedEvent, Many, One, User } from '../support/wire.js';

interface Role {
  readonly id: string | null;
  readonly role: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly built_in: boolean;
  readonly members_count: number;
  readonly version: number;
}

interface Me {
  readonly role: string;
  readonly role_name: string;
  readonly scopes: readonly string[];
  readonly user: { readonly role: string; readonly role_name: string };
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await register();
});

async function makeRole(
  scopes: readonly string[] = ['contacts:read'],
  name = `Lead ${randomUUID()}`,
): Promise<Role & { readonly id: string }> {
  return dataOf(await workspace.client.post<One<Role & { readonly id: string }>>('/v1/roles', { name, scopes }));
}

function give(userId: string, role: string, client = workspace.client): Promise<Answer<One<User>>> {
  return client.patch(`/v1/users/${userId}`, { role });
}

async function memberWith(
  scopes: readonly string[],
): Promise<Member & { readonly role: Role & { readonly id: string } }> {
  const [member, role] = [await makeMember(workspace), await makeRole(scopes)];
  dataOf(await give(member.userId, role.id));
  return { ...member, role };
}

async function told(type: string, subjectId: string): Promise<LoggedEvent['data'][]> {
  return (await eventsOf(workspace.client))
    .filter((event) => event.type === type && event.subject_id === subjectId)
    .map(({ data }) => data);
}

describe('GET /v1/roles', () => {
  it('should list the built-in roles and then ours, page by page', async () => {
    const fresh = await register();
    const { id } = dataOf(await fresh.client.post<One<Role>>('/v1/roles', { name: 'Lead', scopes: ['tags:write'] }));
    const { body } = await fresh.client.get<Many<Role>>('/v1/roles');
    expect(body.total).toBe(4);
    expect(body.data.map((role) => [role.role, role.name, role.built_in, role.id, role.members_count])).toEqual([
      ['owner', 'Owner', true, null, 1],
      ['admin', 'Admin', true, null, 0],
      ['agent', 'Agent', true, null, 0],
      [id, 'Lead', false, id, 0],
    ]);
    const first = (await fresh.client.get<Many<Role>>('/v1/roles', { limit: 3 })).body;
    const second = (await fresh.client.get<Many<Role>>('/v1/roles', { limit: 3, cursor: first.meta.next_cursor! }))
      .body;
    expect([...first.data, ...second.data]).toEqual(body.data);
    expect(
      (await fresh.client.get<Many<Role>>('/v1/roles', { order_dir: 'desc' })).body.data.map(({ name }) => name),
    ).toEqual(['Lead', 'Agent', 'Admin', 'Owner']);
  });

  it('should not list roles of another workspace', async () => {
    const { id } = await makeRole();
    expect(
      (await (await register()).client.get<Many<Role>>('/v1/roles')).body.data.map((role) => role.id),
    ).not.toContain(id);
  });
});

describe('POST /v1/roles', () => {
  it('should make a role with known scopes, each once, and tell of it', async () => {
    const role = await makeRole(['read:contacts', 'contacts:read', 'tags:write']);
    expect(role).toMatchObject({
      scopes: ['contacts:read', 'tags:write'],
      built_in: false,
      members_count: 0,
      version: 1,
      role: role.id,
    });
    expect(await told('role.created', role.id)).toEqual([{ name: role.name, scopes: ['contacts:read', 'tags:write'] }]);
    expect(
      refusalOf(await workspace.client.post('/v1/roles', { name: 'Wrong', scopes: ['contact:write'] })).details,
    ).toEqual({ scopes: ['scopes[0]: there is no scope "contact:write", but contacts:write'] });
  });

  it('should not give more than its maker has', async () => {
    const { client } = await apiKey(workspace, ['settings:write', 'contacts:read']);
    expect(
      refusalOf(await client.post('/v1/roles', { name: 'More', scopes: ['contacts:read', 'tags:write', '*'] })),
    ).toMatchObject({ status: 403, details: { missing_scopes: ['tags:write', '*'] } });
    expect((await client.post('/v1/roles', { name: `Less ${randomUUID()}`, scopes: ['contacts:read'] })).status).toBe(
      201,
    );
  });

  it('should refuse a name that is taken, whatever its case, or built in', async () => {
    const { name } = await makeRole();
    for (const taken of [name.toUpperCase(), 'owner', 'Agent', 'SERVICE'])
      expect(refusalOf(await workspace.client.post('/v1/roles', { name: taken, scopes: ['tags:read'] }))).toMatchObject(
        { status: 409, details: { name: taken } },
      );
    const both = await Promise.all(
      ['Twin', 'twin'].map((twin) => workspace.client.post('/v1/roles', { name: twin, scopes: ['tags:read'] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('a custom role', () => {
  it('should allow its members what it says, and tell them so', async () => {
    const { client, role } = await memberWith(['contacts:write', 'teams:read']);
    const me = dataOf(await client.get<One<Me>>('/v1/me'));
    expect(me).toMatchObject({ role: role.id, role_name: role.name, user: { role: role.id, role_name: role.name } });
    expect(me.scopes).toEqual(['contacts:write', 'teams:read']);
    expect([
      (await client.get('/v1/teams')).status,
      (await client.get('/v1/contacts')).status,
      (await client.get('/v1/conversations')).status,
    ]).toEqual([200, 200, 403]);
  });

  it('should hold for personal keys of its members: what both allow', async () => {
    const { client, role } = await memberWith(['api_keys:write', 'contacts:write', 'teams:read']);
    const { key } = dataOf(
      await client.post<One<{ key: string }>>('/v1/api-keys', {
        name: 'Mine',
        kind: 'personal',
        scopes: ['contacts:read', 'teams:read'],
      }),
    );
    await workspace.client.patch(`/v1/roles/${role.id}`, { scopes: ['contacts:write'] });
    expect(dataOf(await new Client(key).get<One<Me>>('/v1/me')).scopes).toEqual(['contacts:read']);
  });

  it('should change for its members at once', async () => {
    const { client, role } = await memberWith(['contacts:read']);
    expect((await client.get('/v1/teams')).status).toBe(403);
    const changed = dataOf(
      await workspace.client.patch<One<Role>>(`/v1/roles/${role.id}`, {
        scopes: ['contacts:read', 'teams:read'],
        description: 'Looks around',
      }),
    );
    expect(changed).toMatchObject({ version: 2, members_count: 1 });
    expect((await client.get('/v1/teams')).status).toBe(200);
    expect(
      dataOf(await workspace.client.patch<One<Role>>(`/v1/roles/${role.id}`, { description: 'Looks around' })).version,
    ).toBe(2);
    expect(await told('role.updated', role.id)).toEqual([
      {
        name: role.name,
        changed: { description: [null, 'Looks around'], scopes: [['contacts:read'], ['contacts:read', 'teams:read']] },
      },
    ]);
  });

  it('should not be widened by one of its members', async () => {
    const { client, role } = await memberWith(['settings:write', 'contacts:read']);
    expect(refusalOf(await client.patch(`/v1/roles/${role.id}`, { scopes: ['*'] })).status).toBe(403);
    expect((await client.patch(`/v1/roles/${role.id}`, { scopes: ['settings:write'] })).status).toBe(200);
  });

  it('should find its members', async () => {
    const { userId, role } = await memberWith(['contacts:read']);
    expect(
      (await workspace.client.get<Many<User>>('/v1/users', { role: role.id })).body.data.map(({ id }) => id),
    ).toEqual([userId]);
  });

  it('should not be deleted while users have it', async () => {
    const { userId, role } = await memberWith(['contacts:read']);
    expect(refusalOf(await workspace.client.delete(`/v1/roles/${role.id}`))).toMatchObject({
      status: 409,
      details: { members_count: 1 },
    });
    await give(userId, 'agent');
    expect((await workspace.client.delete(`/v1/roles/${role.id}`)).status).toBe(204);
    expect(refusalOf(await workspace.client.get(`/v1/roles/${role.id}`)).status).toBe(404);
    expect(await told('role.deleted', role.id)).toEqual([{ name: role.name }]);
  });

  it('should be given or deleted, not both, when both come at once', async () => {
    const [member, role] = [await makeMember(workspace), await makeRole()];
    const statuses = (
      await Promise.all([give(member.userId, role.id), workspace.client.delete(`/v1/roles/${role.id}`)])
    ).map(({ status }) => status);
    expect([
      [200, 409],
      [409, 204],
      [422, 204],
    ]).toContainEqual(statuses);
  });

  it('should not be one of another workspace', async () => {
    const other = await register();
    const { id } = dataOf(
      await other.client.post<One<{ id: string }>>('/v1/roles', { name: 'Theirs', scopes: ['contacts:read'] }),
    );
    for (const answer of [
      await workspace.client.get(`/v1/roles/${id}`),
      await workspace.client.patch(`/v1/roles/${id}`, { name: 'Ours' }),
      await workspace.client.delete(`/v1/roles/${id}`),
    ]) {
      expect(refusalOf(answer).status).toBe(404);
    }
    const { userId } = await makeMember(workspace);
    expect(refusalOf(await give(userId, id)).status).toBe(422);
  });
});

describe('PATCH /v1/users/{id}', () => {
  it('should give another role, which holds at once, and tell of it', async () => {
    const { userId, client } = await makeMember(workspace);
    expect((await client.get('/v1/webhooks')).status).toBe(403);
    expect(dataOf(await give(userId, 'admin'))).toMatchObject({ id: userId, role: 'admin', role_name: 'admin' });
    expect((await client.get('/v1/webhooks')).status).toBe(200);
    await give(userId, 'admin');
    expect(await told('security.role_changed', userId)).toEqual([{ changed: { role: ['agent', 'admin'] } }]);
  });

  it('should be for owners and admins, up to their own role', async () => {
    const [admin, agent] = [await makeMember(workspace, 'admin'), await makeMember(workspace)];
    expect((await give(agent.userId, 'admin', admin.client)).status).toBe(200);
    expect((await give(agent.userId, 'agent', admin.client)).status).toBe(200);
    expect(refusalOf(await give(agent.userId, 'owner', admin.client))).toMatchObject({
      status: 403,
      details: { role: 'owner' },
    });
    expect(refusalOf(await give(workspace.userId, 'agent', admin.client)).status).toBe(403);
    expect(refusalOf(await give(admin.userId, 'agent', agent.client)).status).toBe(403);
    expect(refusalOf(await give(agent.userId, 'admin', (await apiKey(workspace)).client)).status).toBe(403);
  });

  it('should leave the workspace an owner, also when two step down at once', async () => {
    const fresh = await register();
    expect(refusalOf(await give(fresh.userId, 'admin', fresh.client)).status).toBe(422);
    const second = await makeMember(fresh, 'owner');
    const statuses = (
      await Promise.all([give(fresh.userId, 'agent', fresh.client), give(second.userId, 'agent', second.client)])
    ).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 422]);
  });

  it('should refuse a role that there is not', async () => {
    const { userId } = await makeMember(workspace);
    for (const role of ['boss', randomUUID(), 'toString']) expect(refusalOf(await give(userId, role)).status).toBe(422);
  });

  it('should not change a user of another workspace', async () => {
    const { userId } = await makeMember(await register());
    expect(refusalOf(await give(userId, 'admin')).status).toBe(404);
  });
});
