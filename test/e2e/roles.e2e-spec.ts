import { randomUUID } from 'node:crypto';
import { createMember, type Member } from '../factories/member.js';
import {
  createApiKey,
  Client,
  getData,
  getError,
  registerWorkspace,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { LoggedEvent, ListResponse, ItemResponse, User } from '../support/wire.js';

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
}

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

async function createRole(
  scopes: readonly string[] = ['contacts:read'],
  name = `Lead ${randomUUID()}`,
): Promise<Role & { readonly id: string }> {
  return getData(
    await workspace.client.post<ItemResponse<Role & { readonly id: string }>>('/v1/roles', { name, scopes }),
  );
}

function assignRole(userId: string, role: string, client = workspace.client): Promise<ApiResponse<ItemResponse<User>>> {
  return client.patch(`/v1/users/${userId}`, { role });
}

async function createMemberWithRole(
  scopes: readonly string[],
): Promise<Member & { readonly role: Role & { readonly id: string } }> {
  const [member, role] = [await createMember(workspace), await createRole(scopes)];
  getData(await assignRole(member.userId, role.id));
  return { ...member, role };
}

async function emittedEvents(type: string, subjectId: string): Promise<LoggedEvent['data'][]> {
  return (await listEvents(workspace.client))
    .filter((event) => event.type === type && event.subject_id === subjectId)
    .map(({ data }) => data);
}

describe('GET /v1/roles', () => {
  it('should list the built-in roles and then the custom roles, page by page', async () => {
    const fresh = await registerWorkspace();
    const { id } = getData(
      await fresh.client.post<ItemResponse<Role>>('/v1/roles', { name: 'Lead', scopes: ['tags:write'] }),
    );
    const { body } = await fresh.client.get<ListResponse<Role>>('/v1/roles');
    expect(body.total).toBe(4);
    expect(body.data.map((role) => [role.role, role.name, role.built_in, role.id, role.members_count])).toEqual([
      ['owner', 'Owner', true, null, 1],
      ['admin', 'Admin', true, null, 0],
      ['agent', 'Agent', true, null, 0],
      [id, 'Lead', false, id, 0],
    ]);
    const first = (await fresh.client.get<ListResponse<Role>>('/v1/roles', { limit: 3 })).body;
    const second = (
      await fresh.client.get<ListResponse<Role>>('/v1/roles', { limit: 3, cursor: first.meta.next_cursor! })
    ).body;
    expect([...first.data, ...second.data]).toEqual(body.data);
    expect(
      (await fresh.client.get<ListResponse<Role>>('/v1/roles', { order_dir: 'desc' })).body.data.map(
        ({ name }) => name,
      ),
    ).toEqual(['Lead', 'Agent', 'Admin', 'Owner']);
  });

  it('should not list roles of another workspace', async () => {
    const { id } = await createRole();
    expect(
      (await (await registerWorkspace()).client.get<ListResponse<Role>>('/v1/roles')).body.data.map((role) => role.id),
    ).not.toContain(id);
  });
});

describe('POST /v1/roles', () => {
  it('should create a role with known scopes without duplicates and emit an event', async () => {
    const role = await createRole(['read:contacts', 'contacts:read', 'tags:write']);
    expect(role).toMatchObject({
      scopes: ['contacts:read', 'tags:write'],
      built_in: false,
      members_count: 0,
      version: 1,
      role: role.id,
    });
    expect(await emittedEvents('role.created', role.id)).toEqual([
      { name: role.name, scopes: ['contacts:read', 'tags:write'] },
    ]);
    expect(
      getError(await workspace.client.post('/v1/roles', { name: 'Wrong', scopes: ['contact:write'] })).details,
    ).toEqual({ scopes: ['scopes[0]: "contact:write" is not a scope. Did you mean contacts:write?'] });
  });

  it('should reject scopes that the caller lacks', async () => {
    const { client } = await createApiKey(workspace, ['settings:write', 'contacts:read']);
    expect(
      getError(await client.post('/v1/roles', { name: 'More', scopes: ['contacts:read', 'tags:write', '*'] })),
    ).toMatchObject({ status: 403, details: { missing_scopes: ['tags:write', '*'] } });
    expect((await client.post('/v1/roles', { name: `Less ${randomUUID()}`, scopes: ['contacts:read'] })).status).toBe(
      201,
    );
  });

  it('should reject a used name in any case and the names of built-in roles', async () => {
    const { name } = await createRole();
    for (const duplicate of [name.toUpperCase(), 'owner', 'Agent', 'SERVICE'])
      expect(
        getError(await workspace.client.post('/v1/roles', { name: duplicate, scopes: ['tags:read'] })),
      ).toMatchObject({ status: 409, details: { name: duplicate } });
    const both = await Promise.all(
      ['Twin', 'twin'].map((sameName) => workspace.client.post('/v1/roles', { name: sameName, scopes: ['tags:read'] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('custom roles', () => {
  it('should grant their scopes to their members', async () => {
    const { client, role } = await createMemberWithRole(['contacts:write', 'teams:read']);
    const me = getData(await client.get<ItemResponse<Me>>('/v1/me'));
    expect(me).toMatchObject({ role: role.id, role_name: role.name });
    expect(me.scopes).toEqual(['contacts:write', 'teams:read']);
    expect([
      (await client.get('/v1/teams')).status,
      (await client.get('/v1/contacts')).status,
      (await client.get('/v1/conversations')).status,
    ]).toEqual([200, 200, 403]);
  });

  it('should limit the personal keys of their members', async () => {
    const { client, role } = await createMemberWithRole(['api_keys:write', 'contacts:write', 'teams:read']);
    const { key } = getData(
      await client.post<ItemResponse<{ key: string }>>('/v1/api-keys', {
        name: 'Mine',
        kind: 'personal',
        scopes: ['contacts:read', 'teams:read'],
      }),
    );
    await workspace.client.patch(`/v1/roles/${role.id}`, { scopes: ['contacts:write'] });
    expect(getData(await new Client(key).get<ItemResponse<Me>>('/v1/me')).scopes).toEqual(['contacts:read']);
  });

  it('should take effect at once when changed', async () => {
    const { client, role } = await createMemberWithRole(['contacts:read']);
    expect((await client.get('/v1/teams')).status).toBe(403);
    const changed = getData(
      await workspace.client.patch<ItemResponse<Role>>(`/v1/roles/${role.id}`, {
        scopes: ['contacts:read', 'teams:read'],
        description: 'Looks around',
      }),
    );
    expect(changed).toMatchObject({ version: 2, members_count: 1 });
    expect((await client.get('/v1/teams')).status).toBe(200);
    expect(
      getData(await workspace.client.patch<ItemResponse<Role>>(`/v1/roles/${role.id}`, { description: 'Looks around' }))
        .version,
    ).toBe(2);
    expect(await emittedEvents('role.updated', role.id)).toEqual([
      {
        name: role.name,
        changed: { description: [null, 'Looks around'], scopes: [['contacts:read'], ['contacts:read', 'teams:read']] },
      },
    ]);
  });

  it('should not be extended by a member who lacks the scope', async () => {
    const { client, role } = await createMemberWithRole(['settings:write', 'contacts:read']);
    expect(getError(await client.patch(`/v1/roles/${role.id}`, { scopes: ['*'] })).status).toBe(403);
    expect((await client.patch(`/v1/roles/${role.id}`, { scopes: ['settings:write'] })).status).toBe(200);
  });

  it('should filter users', async () => {
    const { userId, role } = await createMemberWithRole(['contacts:read']);
    expect(
      (await workspace.client.get<ListResponse<User>>('/v1/users', { role: role.id })).body.data.map(({ id }) => id),
    ).toEqual([userId]);
  });

  it('should not be deleted while users have them', async () => {
    const { userId, role } = await createMemberWithRole(['contacts:read']);
    expect(getError(await workspace.client.delete(`/v1/roles/${role.id}`))).toMatchObject({
      status: 409,
      details: { members_count: 1 },
    });
    await assignRole(userId, 'agent');
    expect((await workspace.client.delete(`/v1/roles/${role.id}`)).status).toBe(204);
    expect(getError(await workspace.client.get(`/v1/roles/${role.id}`)).status).toBe(404);
    expect(await emittedEvents('role.deleted', role.id)).toEqual([{ name: role.name }]);
  });

  it('should not be assigned and deleted concurrently', async () => {
    const [member, role] = [await createMember(workspace), await createRole()];
    const statuses = (
      await Promise.all([assignRole(member.userId, role.id), workspace.client.delete(`/v1/roles/${role.id}`)])
    ).map(({ status }) => status);
    expect([
      [200, 409],
      [409, 204],
      [422, 204],
    ]).toContainEqual(statuses);
  });

  it('should be inaccessible from another workspace', async () => {
    const other = await registerWorkspace();
    const { id } = getData(
      await other.client.post<ItemResponse<{ id: string }>>('/v1/roles', { name: 'Theirs', scopes: ['contacts:read'] }),
    );
    for (const response of [
      await workspace.client.get(`/v1/roles/${id}`),
      await workspace.client.patch(`/v1/roles/${id}`, { name: 'Ours' }),
      await workspace.client.delete(`/v1/roles/${id}`),
    ]) {
      expect(getError(response).status).toBe(404);
    }
    const { userId } = await createMember(workspace);
    expect(getError(await assignRole(userId, id)).status).toBe(422);
  });
});

describe('PATCH /v1/users/{id}', () => {
  it('should change the role at once and emit one event', async () => {
    const { userId, client } = await createMember(workspace);
    expect((await client.get('/v1/webhooks')).status).toBe(403);
    expect(getData(await assignRole(userId, 'admin'))).toMatchObject({ id: userId, role: 'admin', role_name: 'admin' });
    expect((await client.get('/v1/webhooks')).status).toBe(200);
    await assignRole(userId, 'admin');
    expect(await emittedEvents('security.role_changed', userId)).toEqual([{ changed: { role: ['agent', 'admin'] } }]);
  });

  it('should allow owners and admins to assign roles up to their own', async () => {
    const [admin, agent] = [await createMember(workspace, 'admin'), await createMember(workspace)];
    expect((await assignRole(agent.userId, 'admin', admin.client)).status).toBe(200);
    expect((await assignRole(agent.userId, 'agent', admin.client)).status).toBe(200);
    expect(getError(await assignRole(agent.userId, 'owner', admin.client))).toMatchObject({
      status: 403,
      details: { role: 'owner' },
    });
    expect(getError(await assignRole(workspace.userId, 'agent', admin.client)).status).toBe(403);
    expect(getError(await assignRole(admin.userId, 'agent', agent.client)).status).toBe(403);
    expect(getError(await assignRole(agent.userId, 'admin', (await createApiKey(workspace)).client)).status).toBe(403);
  });

  it('should keep an owner, also when two owners step down concurrently', async () => {
    const fresh = await registerWorkspace();
    expect(getError(await assignRole(fresh.userId, 'admin', fresh.client)).status).toBe(422);
    const second = await createMember(fresh, 'owner');
    const statuses = (
      await Promise.all([
        assignRole(fresh.userId, 'agent', fresh.client),
        assignRole(second.userId, 'agent', second.client),
      ])
    ).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 422]);
  });

  it('should reject an unknown role', async () => {
    const { userId } = await createMember(workspace);
    for (const role of ['boss', randomUUID(), 'toString'])
      expect(getError(await assignRole(userId, role)).status).toBe(422);
  });

  it('should return 404 for a user of another workspace', async () => {
    const { userId } = await createMember(await registerWorkspace());
    expect(getError(await assignRole(userId, 'admin')).status).toBe(404);
  });
});

describe('built-in role agent', () => {
  it.each([
    ['GET', '/v1/audit', 'audit:read'],
    ['POST', '/v1/contacts/bulk', 'contact_bulk:write'],
    ['POST', '/v1/contacts/imports', 'contact_bulk:write'],
    ['GET', '/v1/contacts/imports', 'contact_bulk:read'],
    ['POST', '/v1/contacts/exports', 'contact_exports:write'],
    ['GET', '/v1/contacts/exports', 'contact_exports:read'],
    ['POST', '/v1/contacts/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/export', 'contact_exports:write'],
    ['POST', '/v1/contacts/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/erase', 'contact_erasure:write'],
  ])('should not be allowed to %s %s without %s', async (method, path, scope) => {
    const { client } = await createMember(workspace);
    expect(getError(await client.send(method, path, { body: method === 'POST' ? {} : undefined }))).toMatchObject({
      status: 403,
      details: { required_scope: scope },
    });
  });
});
