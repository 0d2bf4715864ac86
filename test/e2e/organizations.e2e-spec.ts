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
import { listEvents } from '../support/event-log.js';
import type { ListResponse, ItemResponse } from '../support/wire.js';

interface Organization {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly timezone: string;
  readonly locale: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly version: number;
}

let workspace: Workspace;
let other: Workspace;

beforeEach(async () => {
  [workspace, other] = await Promise.all([registerWorkspace('Acme Support'), registerWorkspace()]);
});

function change(body: object, { client, id } = workspace): Promise<ApiResponse<ItemResponse<Organization>>> {
  return client.patch(`/v1/organizations/${id}`, body);
}

describe('GET /v1/organizations', () => {
  it('should list and return the organization of the credential', async () => {
    const item = getData(await workspace.client.get<ItemResponse<Organization>>(`/v1/organizations/${workspace.id}`));
    expect(item).toMatchObject({
      id: workspace.id,
      name: 'Acme Support',
      plan: 'unlimited',
      timezone: 'UTC',
      locale: 'en',
      settings: { default_country: null, password_sign_in: true },
      version: 1,
    });
    const { body } = await workspace.client.get<ListResponse<Organization>>('/v1/organizations');
    expect([body.data, body.total]).toEqual([[item], 1]);
    expect(
      (await workspace.client.get<ListResponse<Organization>>('/v1/organizations', { offset: 1 })).body.data,
    ).toEqual([]);
  });

  it('should return 404 for another workspace', async () => {
    expect(getError(await workspace.client.get(`/v1/organizations/${other.id}`)).status).toBe(404);
  });
});

describe('PATCH /v1/organizations/{id}', () => {
  it('should change only the given fields, normalize them and emit an event', async () => {
    const changed = getData(
      await change({
        name: 'Acme Care',
        timezone: 'Europe/Berlin',
        locale: 'de-de',
        settings: { default_country: 'de' },
      }),
    );
    expect(changed).toMatchObject({
      name: 'Acme Care',
      timezone: 'Europe/Berlin',
      locale: 'de-DE',
      settings: { default_country: 'DE' },
      version: 2,
    });
    expect(getData(await change({ locale: 'de-DE', settings: {} }))).toMatchObject({
      settings: { default_country: 'DE' },
      version: 2,
    });
    expect(getData(await change({ settings: { default_country: null } }))).toMatchObject({
      settings: { default_country: null },
      version: 3,
    });
    const emitted = (await listEvents(workspace.client))
      .filter(({ type }) => type === 'organization.updated')
      .map(({ data }) => data);
    expect(emitted).toEqual([
      {
        name: 'Acme Care',
        changed: {
          name: ['Acme Support', 'Acme Care'],
          timezone: ['UTC', 'Europe/Berlin'],
          locale: ['en', 'de-DE'],
          'settings.default_country': [null, 'DE'],
        },
      },
      { name: 'Acme Care', changed: { 'settings.default_country': ['DE', null] } },
    ]);
    expect(getData(await workspace.client.get<ItemResponse<{ workspace: object }>>('/v1/me')).workspace).toMatchObject({
      name: 'Acme Care',
      timezone: 'Europe/Berlin',
      locale: 'de-DE',
    });
  });

  it('should take effect at once for phone number parsing', async () => {
    const contact = (phone: string): Promise<ApiResponse<unknown>> => workspace.client.post('/v1/contacts', { phone });
    expect(getError(await contact('030 901820')).status).toBe(400);
    await change({ settings: { default_country: 'DE' } });
    expect((await contact('030 901820')).status).toBe(201);
  });

  it('should allow only owners to sign in with a password when passwords are disabled', async () => {
    const agent = await createMember(workspace);
    await change({ settings: { password_sign_in: false } });
    const login = ({ email, password }: { email: string; password: string }, workspace_id?: string) =>
      new Client().post('/v1/auth/login', { email, password, workspace_id });
    expect(getError(await login(agent))).toMatchObject({ status: 403, details: { workspace_id: workspace.id } });
    expect(getError(await login({ ...agent, password: 'not the password' })).status).toBe(401);
    expect((await login(workspace)).status).toBe(200);
    await joinWorkspace(other, agent.userId);
    expect(getData((await login(agent)) as ApiResponse<ItemResponse<{ workspace_id: string }>>).workspace_id).toBe(
      other.id,
    );
    expect(getError(await login(agent, workspace.id)).status).toBe(403);
    const emitted = (await listEvents(workspace.client))
      .filter(({ type }) => type === 'security.settings_changed')
      .map(({ data }) => data);
    expect(emitted).toEqual([{ changed: { password_sign_in: [true, false] } }]);
  });

  it('should name every invalid field and change nothing', async () => {
    const rejection = getError(
      await change({ name: 'Wrong', timezone: '+02:00', locale: 'en_US', settings: { default_country: 'XX' } }),
    );
    expect(rejection.status).toBe(400);
    expect(Object.keys(rejection.details).sort()).toEqual(['locale', 'settings.default_country', 'timezone']);
    for (const body of [{ plan: 'starter' }, { settings: { colour: 'red' } }, { version: 7 }])
      expect(getError(await change(body)).status).toBe(400);
    expect(
      getData(await workspace.client.get<ItemResponse<Organization>>(`/v1/organizations/${workspace.id}`)),
    ).toMatchObject({
      name: 'Acme Support',
      version: 1,
    });
  });

  it('should require the scope settings:write', async () => {
    const { client } = await createApiKey(workspace, ['settings:read']);
    expect(getError(await change({ name: 'Ours' }, { ...workspace, client })).status).toBe(403);
  });

  it('should return 404 for another workspace', async () => {
    expect(getError(await change({ name: 'Ours' }, { ...other, client: workspace.client })).status).toBe(404);
    expect(getData(await other.client.get<ItemResponse<Organization>>(`/v1/organizations/${other.id}`)).version).toBe(
      1,
    );
  });
});
