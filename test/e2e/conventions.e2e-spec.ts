import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { createTeam } from '../factories/team.js';
import { Client, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { serverUrl } from '../support/document.js';
import { listEvents } from '../support/event-log.js';
import type { ListResponse, Team } from '../support/wire.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

describe('X-Request-Id', () => {
  it('should be accepted, returned and added to the events of the request', async () => {
    const requestId = `from-a-test:${randomUUID()}`;
    const { headers } = await workspace.client.post('/v1/teams', { name: randomUUID() }, { 'x-request-id': requestId });
    expect(headers.get('x-request-id')).toBe(requestId);
    expect(
      (await listEvents(workspace.client))
        .filter(({ correlation_id }) => correlation_id === requestId)
        .map(({ type }) => type),
    ).toEqual(['team.created']);
  });

  it('should be generated when it is missing or invalid', async () => {
    for (const header of [undefined, 'with space', '<script>', 'a'.repeat(200)]) {
      const { headers } = await workspace.client.get(
        '/v1/me',
        {},
        header === undefined ? {} : { 'x-request-id': header },
      );
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });

  it('should be in the header and body of error responses', async () => {
    const requestId = randomUUID();
    const response = await workspace.client.get('/v1/nowhere', {}, { 'x-request-id': requestId });
    expect([response.headers.get('x-request-id'), getError(response).request_id]).toEqual([requestId, requestId]);
  });
});

describe('rate limits', () => {
  it('should be in the headers of every response', async () => {
    for (const response of [
      await workspace.client.get('/v1/me'),
      await workspace.client.post('/v1/teams', { name: randomUUID() }),
      await new Client().post('/v1/auth/login', { email: 'nobody@example.com', password: 'x' }),
    ]) {
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
        Number(response.headers.get(`x-ratelimit-${name}`)),
      );
      expect(limit).toBeGreaterThan(0);
      expect(remaining).toBeLessThanOrEqual(limit!);
      expect(reset! * 1000).toBeGreaterThan(Date.now());
    }
  });
});

describe('collection names', () => {
  it('should also be accepted in camel case', async () => {
    const { id } = await createTeam(workspace.client);
    for (const path of [`/v1/team/${id}`, `/v1/teams/${id}`])
      expect((await workspace.client.get(path)).status).toBe(200);
    expect((await workspace.client.get<ListResponse<Team>>('/v1/team', { limit: 1 })).body.data).toHaveLength(1);
    expect((await workspace.client.get('/v1/apiKeys')).status).toBe(200);
    expect((await workspace.client.get('/v1/customerProfiles')).status).toBe(200);
    expect((await workspace.client.get('/v1/deadLetters')).status).toBe(200);
  });
});

it.each([
  ['tags', { name: 'billing' }],
  ['webhooks', { url: 'https://example.com/hook', events: ['*'] }],
  ['automations', { name: 'Notes', events: ['conversation.created'], actions: [{ type: 'add_note', body: 'Hello' }] }],
])('should filter the list of %s by time', async (collection, body) => {
  const { client } = await registerWorkspace();
  expect((await client.post(`/v1/${collection}`, body)).status).toBe(201);
  const total = async (query: Record<string, string>): Promise<number> =>
    (await client.get<ListResponse<unknown>>(`/v1/${collection}`, query)).body.total;
  const [past, future] = ['2020-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z'];
  for (const what of ['created', 'updated']) {
    expect([
      await total({ [`${what}_after`]: past }),
      await total({ [`${what}_after`]: future }),
      await total({ [`${what}_before`]: past }),
      await total({ [`${what}_before`]: future }),
    ]).toEqual([1, 0, 0, 1]);
  }
});

describe('error responses', () => {
  it('should list all invalid fields at once', async () => {
    const rejection = getError(
      await workspace.client.post('/v1/conversations', {
        subject: 5,
        priority: 'now',
        contact: { email: 'nobody', zz: 1 },
        workspace_id: randomUUID(),
      }),
    );
    expect(rejection).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(Object.keys(rejection.details).sort()).toEqual([
      'contact.email',
      'contact.zz',
      'priority',
      'subject',
      'workspace_id',
    ]);
  });

  it('should reject a query or body when the operation has none', async () => {
    const { id } = await createTeam(workspace.client);
    expect(getError(await workspace.client.get(`/v1/teams/${id}`, { zz_unknown: 1 }))).toMatchObject({
      status: 400,
      details: { zz_unknown: ['zz_unknown is not a known field'] },
    });
    expect(getError(await workspace.client.post('/v1/auth/logout', { zz_unknown: 1 }))).toMatchObject({
      status: 400,
      details: { zz_unknown: ['zz_unknown is not a known field'] },
    });
  });

  it('should reject bodies that are not JSON in UTF-8', async () => {
    const send = async (body: Buffer | string, type: string): Promise<unknown> => {
      const response = await fetch(new URL('/v1/teams', serverUrl()), {
        method: 'POST',
        headers: { authorization: `Bearer ${workspace.client.credential!}`, 'content-type': type },
        body,
      });
      const { error } = (await response.json()) as { error: { details: object } };
      return [response.status, error.details];
    };
    expect(
      await send(Buffer.from([...Buffer.from('{"name":"'), 0xff, 0xfe, ...Buffer.from('"}')]), 'application/json'),
    ).toEqual([400, { body: ['body must be in UTF-8'] }]);
    expect(
      await send(Buffer.from('{"name":"\u00fcml\u00e4ut"}', 'latin1'), 'application/json; charset=iso-8859-1'),
    ).toEqual([415, {}]);
    for (const type of ['text/plain', 'application/xml']) expect(await send('{"name":"x"}', type)).toEqual([415, {}]);
    const form = new FormData();
    form.set('name', randomUUID());
    expect(getError(await workspace.client.post('/v1/teams', form))).toMatchObject({ status: 415 });
    expect(await send('', 'application/json')).toEqual([400, expect.objectContaining({ name: expect.any(Array) })]);
  });

  it('should accept an empty body with the JSON content type and a trailing slash', async () => {
    const { id } = await createTeam(workspace.client);
    const headers = {
      authorization: `Bearer ${workspace.client.credential!}`,
      'content-type': 'application/json; charset=UTF-8',
    };
    expect((await fetch(new URL(`/v1/teams/${id}/`, serverUrl()), { method: 'DELETE', headers })).status).toBe(204);
  });

  it('should reject If-Match when the operation does not support it', async () => {
    const { id } = await createTeam(workspace.client);
    expect(
      getError(
        await workspace.client.post(`/v1/teams/${id}/members`, { user_id: workspace.userId }, { 'if-match': '"999"' }),
      ),
    ).toMatchObject({ status: 400, details: { 'If-Match': ['If-Match is not supported by this operation'] } });
    expect((await workspace.client.get(`/v1/teams/${id}`, {}, { 'if-match': '"999"' })).status).toBe(200);
  });

  it('should report one message per invalid field, and trim names', async () => {
    expect(getError(await workspace.client.post('/v1/teams', {})).details).toEqual({
      name: ['name is required'],
    });
    for (const name of ['', '   ', '\n'])
      expect(getError(await workspace.client.post('/v1/teams', { name })).details).toEqual({
        name: ['name must not be empty'],
      });
    expect(
      getError(await workspace.client.post('/v1/contacts', { emails: ['ada@example.com'] })).details,
    ).toMatchObject({ emails: ['each item of emails must be an object'] });
    const name = randomUUID();
    expect(await createTeam(workspace.client, { name: ` ${name}\t` })).toMatchObject({ name });
    expect(getError(await workspace.client.post('/v1/teams', { name })).status).toBe(409);
  });

  it('should leave the connection usable when a body was not read', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = async (path: string, credential: string, body: string): Promise<[number, unknown, string]> => {
      const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
      const outgoing = request(new URL(path, serverUrl()), { method: 'POST', agent, headers });
      outgoing.end(body);
      const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
      return [response.statusCode!, response.socket, await text(response)];
    };
    const body = JSON.stringify({ name: 'x'.repeat(900_000) });
    const [refused, first] = await post('/v1/teams', 'sk_live_unknown', body);
    const [created, second] = await post(
      '/v1/teams',
      workspace.client.credential!,
      JSON.stringify({ name: randomUUID() }),
    );
    agent.destroy();
    expect([refused, created]).toEqual([401, 201]);
    expect(second).toBe(first);
  });

  it('should return 404 for an unknown path with any method', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expect(getError(await workspace.client.send(method, '/v1/nowhere'))).toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
      });
  });
});

describe('health', () => {
  it('should be available without a credential', async () => {
    const anonymous = new Client();
    expect((await anonymous.get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await anonymous.get('/readyz')).body).toMatchObject({ status: 'ready' });
    const root = await fetch(new URL('/', serverUrl()), { redirect: 'manual' });
    expect([root.status, root.headers.get('location')]).toEqual([302, '/docs']);
  });

  it('should serve metrics only to the machine of the server when no token is set', async () => {
    const local = await fetch(new URL('/metrics', serverUrl()));
    expect(await local.text()).toContain('parley_http_request_duration_seconds');
    // The client sends the address of another machine.
    expect(getError(await new Client().get('/metrics'))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });
});

describe('a path without the requested method', () => {
  it.each([
    ['PUT', '/v1/teams', 'GET, HEAD, POST', 'GET or POST'],
    ['POST', `/v1/teams/${randomUUID()}?x=1`, 'DELETE, GET, HEAD, PATCH', 'DELETE or GET or PATCH'],
    ['DELETE', '/v1/auth/login', 'POST', 'POST'],
  ])('should get 405 with the allowed methods for %s %s', async (method, path, allowed, named) => {
    const response = await workspace.client.send(method, path);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allowed);
    expect(getError(response)).toMatchObject({
      code: 'METHOD_NOT_ALLOWED',
      message: `${method} is not allowed for ${path.split('?')[0]}. Use ${named}`,
    });
  });

  it('should get 404 when no method has the path', async () => {
    expect((await workspace.client.put('/v1/nowhere', {})).status).toBe(404);
    expect((await workspace.client.put('/v1/teams/a/b/c', {})).status).toBe(404);
  });
});
