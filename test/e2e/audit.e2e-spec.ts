import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createMember } from '../factories/member.js';
import { createTeam } from '../factories/team.js';
import { createApiKey, getData, getError, registerWorkspace, type Client, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { AuditEntry, ListResponse, ItemResponse } from '../support/wire.js';

const AUDIT_PATH = '/v1/audit';

let workspace: Workspace;
let client: Client;

beforeEach(async () => {
  workspace = await registerWorkspace();
  client = workspace.client;
});

async function list(query: Record<string, string | number> = {}): Promise<ListResponse<AuditEntry>> {
  return (await client.get<ListResponse<AuditEntry>>(AUDIT_PATH, { limit: 100, ...query })).body;
}

/** All entries, oldest first, as soon as the whole event log is recorded. */
async function trail(): Promise<readonly AuditEntry[]> {
  const events = await listEvents(client);
  return eventually(async () => {
    const { data } = await list({ order_dir: 'asc' });
    return data.length >= events.length ? data : null;
  });
}

async function lines(query: Record<string, string | number>): Promise<readonly string[]> {
  await trail();
  return (await list(query)).data.map(({ summary }) => summary);
}

describe('audit trail', () => {
  it.each([
    ['/v1/attribute-definitions', { applies_to: 'contact', key: 'plan', label: 'Plan', type: 'text' }, 'plan'],
    ['/v1/canned-responses', { shortcut: 'refund', content: 'Hi' }, 'refund'],
    ['/v1/quick-replies', { title: 'Where?', body: 'Here.' }, 'Where?'],
    ['/v1/segments', { name: 'VIPs', filter: { all: [] } }, 'VIPs'],
    ['/v1/tags', { name: 'urgent' }, 'urgent'],
    ['/v1/saved-views', { name: 'Mine', visibility: 'workspace', filter: { all: [] } }, 'Mine'],
    ['/v1/roles', { name: 'Tester', scopes: ['contacts:read'] }, 'Tester'],
  ])('should name the created and deleted object of %s', async (path, fields, name) => {
    const { id } = getData(await client.post<ItemResponse<{ id: string }>>(path, fields));
    await client.delete(`${path}/${id}`);
    const entries = (await trail()).filter(({ subject }) => subject.id === id);
    expect(entries.map(({ subject }) => subject.name)).toEqual([name, name]);
  });

  it('should contain every event of the log', async () => {
    const conversation = await createConversation(client);
    await client.post(`/v1/conversations/${conversation.id}/resolve`, {});
    const events = await listEvents(client);
    const entries = await trail();
    expect(
      entries.map(({ id, action, subject, correlation_id }) => [id, action, subject.type, subject.id, correlation_id]),
    ).toEqual(
      events.map(({ id, type, subject_type, subject_id, correlation_id }) => [
        id,
        type,
        subject_type,
        subject_id,
        correlation_id,
      ]),
    );
    expect(entries.at(-1)).toMatchObject({
      action: 'conversation.resolved',
      summary: `Sarah Chen resolved conversation #${conversation.number}`,
      actor: { kind: 'user', id: workspace.userId, name: 'Sarah Chen' },
      subject: { type: 'conversation', id: conversation.id, name: `#${conversation.number}` },
      changed: { status: ['open', 'resolved'] },
      causation_id: null,
      address: null,
    });
  });

  it('should summarize each action in one line', async () => {
    const { client: service } = await createApiKey(workspace);
    const team = await createTeam(service, { name: 'Billing' });
    await service.post(`/v1/teams/${team.id}/members`, { user_id: workspace.userId });
    const { id, number } = await createConversation(service);
    await client.post(`/v1/conversations/${id}/assign`, { assignee_id: workspace.userId });
    await client.post(`/v1/conversations/${id}/assign`, { team_id: team.id });
    await createMessage(client, id, { type: 'note', body: 'x' });
    await client.patch(`/v1/conversations/${id}`, { priority: 'urgent' });
    const emitted = (await trail()).map(({ summary }) => summary);
    expect(emitted).toEqual(
      expect.arrayContaining([
        'Sarah Chen joined the workspace',
        'Sarah Chen created API key Test',
        'API key Test created team Billing',
        'API key Test added Sarah Chen to team Billing',
        `API key Test created conversation #${number}`,
        `Sarah Chen assigned conversation #${number} to Sarah Chen`,
        `Sarah Chen assigned conversation #${number} to team Billing`,
        `Sarah Chen created a note in conversation #${number}`,
        `Sarah Chen changed the priority of conversation #${number} to urgent`,
      ]),
    );
  });

  it('should contain the IP address of a sign-in', async () => {
    await client.post('/v1/auth/login', { email: workspace.email, password: workspace.password });
    await client.post('/v1/auth/login', { email: workspace.email, password: 'wrong' });
    const entries = (await trail()).filter(({ subject }) => subject.type === 'security').slice(-2);
    expect(entries.map(({ summary }) => summary)).toEqual([
      'Sarah Chen signed in',
      'A sign-in attempt as Sarah Chen failed',
    ]);
    for (const { address } of entries) expect(address).toMatch(/^10\./);
  });

  it('should return an entry by the ID of its event', async () => {
    const [first] = await trail();
    expect(getData(await client.get<ItemResponse<AuditEntry>>(`${AUDIT_PATH}/${first!.id}`))).toEqual(first);
    expect(getError(await client.get(`${AUDIT_PATH}/${randomUUID()}`))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });

  it('should not return or list entries of another workspace', async () => {
    const conversation = await createConversation(client);
    const [entry] = (await trail()).slice(-1);
    const outsider = (await registerWorkspace()).client;
    expect(getError(await outsider.get(`${AUDIT_PATH}/${entry!.id}`))).toMatchObject({ status: 404 });
    for (const [name, value] of [
      ['subject_id', conversation.id],
      ['actor_id', workspace.userId],
      ['correlation_id', entry!.correlation_id],
    ]) {
      expect((await outsider.get<ListResponse<AuditEntry>>(AUDIT_PATH, { [name!]: value! })).body).toMatchObject({
        data: [],
        total: 0,
      });
    }
  });

  it('should require the scope of the audit log, which agents do not have', async () => {
    expect(getError(await (await createMember(workspace)).client.get(AUDIT_PATH)).status).toBe(403);
    expect((await (await createMember(workspace, 'admin')).client.get(AUDIT_PATH)).status).toBe(200);
    const { client: reader } = await createApiKey(workspace, ['audit:read']);
    expect((await reader.get(AUDIT_PATH)).status).toBe(200);
    const { client: other } = await createApiKey(workspace, ['conversations:read']);
    expect(getError(await other.get(AUDIT_PATH))).toMatchObject({
      status: 403,
      details: { required_scope: 'audit:read' },
    });
  });
});

describe('GET /v1/audit', () => {
  it('should filter by action, actor, subject and request', async () => {
    const key = await createApiKey(workspace);
    const created = await key.client.post<ItemResponse<{ id: string }>>(
      '/v1/teams',
      { name: 'Billing' },
      { 'x-request-id': 'make-billing' },
    );
    const { id } = getData(created);
    await client.patch(`/v1/teams/${id}`, { name: 'Money' });
    expect(await lines({ action: 'team.*' })).toEqual([
      'Sarah Chen updated team Money (name)',
      'API key Test created team Billing',
    ]);
    expect(await lines({ action: 'team.updated,api_key.*' })).toEqual([
      'Sarah Chen updated team Money (name)',
      'Sarah Chen created API key Test',
    ]);
    expect(await lines({ action: 'team.*', actor_kind: 'api_key' })).toEqual(['API key Test created team Billing']);
    expect(await lines({ actor_id: key.id })).toEqual(['API key Test created team Billing']);
    expect(await lines({ subject_id: id, actor_id: workspace.userId })).toEqual([
      'Sarah Chen updated team Money (name)',
    ]);
    expect(await lines({ correlation_id: 'make-billing' })).toEqual(['API key Test created team Billing']);
    expect(getError(await client.get(AUDIT_PATH, { action: 'team' }))).toMatchObject({
      status: 400,
      details: { action: [expect.stringContaining('"team"')] },
    });
  });

  it('should filter by time', async () => {
    await createTeam(client);
    const entries = await trail();
    const { occurred_at: last } = entries.at(-1)!;
    const later = new Date(Date.parse(last) + 1).toISOString();
    expect((await list({ created_after: later })).data).toEqual([]);
    expect((await list({ created_after: last })).data.map(({ id }) => id)).toContain(entries.at(-1)!.id);
    expect((await list({ created_before: later })).total).toBe(entries.length);
    expect((await list({ created_before: last })).data.map(({ id }) => id)).not.toContain(entries.at(-1)!.id);
  });

  it('should list the newest first and support all three paging modes', async () => {
    for (let created = 0; created < 3; created += 1) await createTeam(client);
    const newest = [...(await trail())].reverse().map(({ id }) => id);
    const ids = async (query: Record<string, string | number>): Promise<string[]> =>
      (await client.get<ListResponse<AuditEntry>>(AUDIT_PATH, query)).body.data.map(({ id }) => id);
    const first = (await client.get<ListResponse<AuditEntry>>(AUDIT_PATH, { limit: 2 })).body;
    expect(first.data.map(({ id }) => id)).toEqual(newest.slice(0, 2));
    expect(first.total).toBe(newest.length);
    await createTeam(client);
    await trail();
    expect(await ids({ limit: 2, cursor: first.meta.next_cursor! })).toEqual(newest.slice(2, 4));
    expect(await ids({ limit: 2, offset: 3 })).toEqual(newest.slice(2, 4));
    expect(await ids({ page: 2, per_page: 3 })).toEqual(newest.slice(2, 5));
  });
});
