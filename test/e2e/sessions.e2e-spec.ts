import { eventually } from '@parley/kernel/testing';
import {
  createApiKey,
  Client,
  getData,
  createPersonalKey,
  getError,
  registerWorkspace,
  signIn,
  type Workspace,
} from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, ItemResponse } from '../support/wire.js';

interface Session {
  readonly id: string;
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly current: boolean;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
}

let workspace: Workspace;

beforeEach(async () => {
  workspace = await registerWorkspace();
});

async function sessionsOf(client: Client): Promise<readonly Session[]> {
  return (await client.get<ListResponse<Session>>('/v1/sessions')).body.data;
}

async function currentOf(client: Client): Promise<Session> {
  return (await sessionsOf(client)).find(({ current }) => current)!;
}

async function statusOf(client: Client): Promise<number> {
  return (await client.get('/v1/me')).status;
}

describe('GET /v1/sessions', () => {
  it('should list own sessions, newest first, and mark the current one', async () => {
    const phone = new Client();
    const body = { email: workspace.email, password: workspace.password };
    const second = getData(
      await phone.post<ItemResponse<{ access_token: string }>>('/v1/auth/login', body, {
        'user-agent': 'Phone/1.0',
        'x-forwarded-for': '203.0.113.9',
      }),
    );
    const sessions = await sessionsOf(new Client(second.access_token));
    expect(sessions).toHaveLength(2);
    expect(sessions[0]).toMatchObject({ current: true, user_agent: 'Phone/1.0' });
    expect(sessions[1]).toMatchObject({ current: false });
    expect(Date.parse(sessions[0]!.created_at)).toBeGreaterThanOrEqual(Date.parse(sessions[1]!.created_at));
    expect(Date.parse(sessions[0]!.expires_at) - Date.parse(sessions[0]!.created_at)).toBeGreaterThan(29 * 86_400_000);
  });

  it('should return the time and address of the last use', async () => {
    const { client } = workspace;
    const before = await currentOf(client);
    await client.get('/v1/me', {}, { 'x-forwarded-for': '203.0.113.10' });
    const after = await eventually(async () => {
      const now = (await client.get<ListResponse<Session>>('/v1/sessions', {}, { 'x-forwarded-for': '203.0.113.10' }))
        .body.data[0]!;
      return now.last_used_at > before.last_used_at && now.address === '203.0.113.10' ? now : null;
    });
    expect(after.id).toBe(before.id);
  });

  it('should return 422 for a service key', async () => {
    expect(getError(await (await createApiKey(workspace)).client.get('/v1/sessions'))).toMatchObject({
      status: 422,
      code: 'UNPROCESSABLE',
    });
  });

  it('should not list sessions of another workspace', async () => {
    const { id } = await currentOf((await registerWorkspace()).client);
    expect((await sessionsOf(workspace.client)).map((session) => session.id)).not.toContain(id);
  });
});

describe('DELETE /v1/sessions/{id}', () => {
  it('should revoke the session and its refresh token once and emit an event', async () => {
    const other = await signIn(workspace);
    const { id } = await currentOf(other.client);
    expect((await workspace.client.delete(`/v1/sessions/${id}`)).status).toBe(204);
    expect(await statusOf(other.client)).toBe(401);
    expect(getError(await new Client().post('/v1/auth/refresh', { refresh_token: other.refreshToken })).status).toBe(
      401,
    );
    expect(getError(await workspace.client.delete(`/v1/sessions/${id}`)).status).toBe(404);
    expect(await statusOf(workspace.client)).toBe(200);
    expect(
      (await listEvents(workspace.client))
        .filter(({ type }) => type === 'security.sessions_revoked')
        .map(({ data }) => data),
    ).toEqual([{ session_ids: [id] }]);
  });

  it('should return 404 for a session of another workspace', async () => {
    const other = await registerWorkspace();
    const { id } = await currentOf(other.client);
    expect(getError(await workspace.client.delete(`/v1/sessions/${id}`)).status).toBe(404);
    expect(await statusOf(other.client)).toBe(200);
  });
});

describe('POST /v1/sessions/revoke-others', () => {
  it('should revoke all own sessions except the current one', async () => {
    const others = [await signIn(workspace), await signIn(workspace)];
    expect(
      getData(await workspace.client.post<ItemResponse<{ revoked: number }>>('/v1/sessions/revoke-others')),
    ).toEqual({
      revoked: 2,
    });
    for (const { client } of others) expect(await statusOf(client)).toBe(401);
    expect(await statusOf(workspace.client)).toBe(200);
    expect(
      getData(await workspace.client.post<ItemResponse<{ revoked: number }>>('/v1/sessions/revoke-others')),
    ).toEqual({
      revoked: 0,
    });
  });

  it('should revoke all sessions of the user of a personal key', async () => {
    const { client } = await createPersonalKey(workspace);
    expect(getData(await client.post<ItemResponse<{ revoked: number }>>('/v1/sessions/revoke-others'))).toEqual({
      revoked: 1,
    });
    expect(await statusOf(workspace.client)).toBe(401);
    expect(await statusOf(client)).toBe(200);
  });
});
