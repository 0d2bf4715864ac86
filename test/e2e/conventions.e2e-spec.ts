import { randomUUID } from 'node:crypto';
import { makeTeam } from '../factories/team.js';
import { Client, refusalOf, register, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Many, Team } from '../support/wire.js';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await register();
});

describe('X-Request-Id', () => {
  it('should be taken, returned, and put on what the request causes', async () => {
    const requestId = `from-a-test:${randomUUID()}`;
    const { headers } = await workspace.client.post('/v1/teams', { name: randomUUID() }, { 'x-request-id': requestId });
    expect(headers.get('x-request-id')).toBe(requestId);
    expect((await eventsOf(workspace.client)).filter(({ correlation_id }) => correlation_id === requestId).map(({ type }) => type)).toEqual(['team.created']);
  });

  it('should be made when there is none, or none that is sane', async () => {
    for (const given of [undefined, 'with space', '<script>', 'a'.repeat(200)]) {
      const { headers } = await workspace.client.get('/v1/me', {}, given === undefined ? {} : { 'x-request-id': given });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });

  it('should stand on refusals too, in header and body', async () => {
    const requestId = randomUUID();
    const answer = await workspace.client.get('/v1/nowhere', {}, { 'x-request-id': requestId });
    expect([answer.headers.get('x-request-id'), refusalOf(answer).request_id]).toEqual([requestId, requestId]);
  });
});

describe('rate limits', () => {
  it('should be told with every answer', async () => {
    for (const answer of [await workspace.client.get('/v1/me'), await workspace.client.post('/v1/teams', { name: randomUUID() }), await new Client().post('/v1/auth/login', { email: 'nobody@example.com', password: 'x' })]) {
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => Number(answer.headers.get(`x-ratelimit-${name}`)));
      expect(limit).toBeGreaterThan(0);
      expect(remaining).toBeLessThanOrEqual(limit!);
      expect(reset! * 1000).toBeGreaterThan(Date.now());
    }
  });
});

describe('names of collections', () => {
  it('should lead to the same place in Campfire\'s spelling', async () => {
    const { id } = await makeTeam(workspace.client);
    for (const path of [`/v1/team/${id}`, `/v1/teams/${id}`]) expect((await workspace.client.get(path)).status).toBe(200);
    expect((await workspace.client.get<Many<Team>>('/v1/team', { limit: 1 })).body.data).toHaveLength(1);
    expect((await workspace.client.get('/v1/apiKeys')).status).toBe(200);
    expect((await workspace.client.get('/v1/customerProfiles')).status).toBe(200);
    expect((await workspace.client.get('/v1/deadLetters')).status).toBe(200);
  });
});

describe('refusals', () => {
  it('should name every wrong field at once', async () => {
    const refusal = refusalOf(await workspace.client.post('/v1/conversations', { subject: 5, priority: 'now', contact: { email: 'nobody', zz: 1 }, workspace_id: randomUUID() }));
    expect(refusal).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(Object.keys(refusal.details).sort()).toEqual(['contact.email', 'contact.zz', 'priority', 'subject', 'workspace_id']);
  });

  it('should be made of what nobody reads: a query or body where there is none', async () => {
    const { id } = await makeTeam(workspace.client);
    expect(refusalOf(await workspace.client.get(`/v1/teams/${id}`, { zz_unknown: 1 }))).toMatchObject({ status: 400, details: { zz_unknown: ['zz_unknown is not a known field'] } });
    expect(refusalOf(await workspace.client.post('/v1/auth/logout', { zz_unknown: 1 }))).toMatchObject({ status: 400, details: { zz_unknown: ['zz_unknown is not a known field'] } });
  });

  it('should come as 404 from where nothing is, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) expect(refusalOf(await workspace.client.send(method, '/v1/nowhere'))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(refusalOf(await workspace.client.put(`/v1/teams/${randomUUID()}`, {}))).toMatchObject({ status: 404 });
  });
});

describe('health', () => {
  it('should be told to anybody', async () => {
    const anybody = new Client();
    expect((await anybody.get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await anybody.get('/readyz')).body).toMatchObject({ status: 'ready' });
    expect((await anybody.get('/metrics')).body).toContain('parley_http_request_duration_seconds');
  });
});
