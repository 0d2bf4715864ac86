import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createMember } from '../factories/member.js';
import { createTeam } from '../factories/team.js';
import {
  createApiKey,
  Client,
  getData,
  getError,
  registerWorkspace,
  signIn,
  type Workspace,
} from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import { followEvents, type EventStream } from '../support/event-stream.js';
import type { Conversation, LoggedEvent, ListResponse, ItemResponse } from '../support/wire.js';

interface Page {
  readonly data: readonly LoggedEvent[];
  readonly meta: {
    readonly next_after: string | null;
    readonly next_before: string | null;
    readonly has_more: boolean;
  };
}

let workspace: Workspace;
const streams: EventStream[] = [];

beforeAll(async () => {
  workspace = await registerWorkspace();
});

afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

async function list(query: Record<string, string | number>): Promise<Page> {
  return (await workspace.client.get<Page>('/v1/events', query)).body;
}

async function follow(...[client, query, headers]: Parameters<typeof followEvents>): Promise<EventStream> {
  const stream = await followEvents(client, query, headers);
  streams.push(stream);
  return stream;
}

describe('GET /v1/events', () => {
  it('should return the actor, the request and the changes of an event', async () => {
    const { id } = await createConversation(workspace.client);
    const { client, id: keyId } = await createApiKey(workspace);
    const requestId = `change-${randomUUID()}`;
    await client.patch(`/v1/conversations/${id}`, { priority: 'high' }, { 'x-request-id': requestId });
    const { data } = await list({ correlation_id: requestId });
    expect(data).toMatchObject([
      {
        type: 'conversation.priority_changed',
        subject_type: 'conversation',
        subject_id: id,
        actor: { kind: 'api_key', id: keyId },
        data: { changed: { priority: ['normal', 'high'] } },
      },
    ]);
  });

  it('should return every event once across pages', async () => {
    for (let index = 0; index < 7; index += 1) await createTeam(workspace.client);
    const listed: string[] = [];
    let page = await list({ limit: 3 });
    for (
      listed.push(...page.data.map(({ id }) => id));
      page.meta.has_more;
      listed.push(...page.data.map(({ id }) => id))
    )
      page = await list({ limit: 3, after: page.meta.next_after! });
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toEqual((await listEvents(workspace.client)).map(({ id }) => id));
    expect((await list({ after: listed.at(-1)! })).meta).toMatchObject({ next_after: listed.at(-1), has_more: false });
  });

  it('should return every event once across pages, newest first', async () => {
    const { client } = await registerWorkspace();
    for (let index = 0; index < 5; index += 1) await createTeam(client);
    const all = (await client.get<Page>('/v1/events', { limit: 100 })).body.data.map(({ id }) => id);
    const found: string[] = [];
    let before: string | null = null;
    for (;;) {
      const query: Record<string, string> = { order_dir: 'desc', limit: '2', ...(before === null ? {} : { before }) };
      const { data, meta } = (await client.get<Page>('/v1/events', query)).body;
      found.push(...data.map(({ id }) => id));
      expect(meta.next_after).toBeNull();
      before = meta.next_before;
      if (!meta.has_more) break;
    }
    expect(found).toEqual([...all].reverse());
    expect(found.length).toBeGreaterThan(5);
  });

  it('should return the events between two others in either order', async () => {
    const { client } = await registerWorkspace();
    for (let index = 0; index < 4; index += 1) await createTeam(client);
    const all = (await client.get<Page>('/v1/events')).body.data.map(({ id }) => id);
    const range = { after: all[0]!, before: all.at(-1)! };
    const idsOf = async (query: Record<string, string>): Promise<string[]> =>
      (await client.get<Page>('/v1/events', { ...range, ...query })).body.data.map(({ id }) => id);
    expect(await idsOf({})).toEqual(all.slice(1, -1));
    expect(await idsOf({ order_dir: 'desc' })).toEqual(all.slice(1, -1).reverse());
    expect(getError(await client.get('/v1/events', { before: randomUUID() })).details).toHaveProperty('before');
    expect(getError(await workspace.client.get('/v1/events', { before: all[1]! })).details).toHaveProperty('before');
  });

  it('should filter by type and subject', async () => {
    const { id } = await createConversation(workspace.client);
    await createMessage(workspace.client, id);
    expect((await list({ subject_id: id })).data.map(({ type }) => type)).toEqual([
      'conversation.created',
      'conversation.participant_added',
    ]);
    expect(
      new Set((await list({ types: 'team.created,message.created', limit: 100 })).data.map(({ type }) => type)),
    ).toEqual(new Set(['team.created', 'message.created']));
  });

  it('should find an event by each of its aliases and by wildcards', async () => {
    const { id } = await createConversation(workspace.client);
    await workspace.client.patch(`/v1/conversations/${id}`, { status: 'resolved', priority: 'low' });
    const found = async (types: string) => (await list({ subject_id: id, types })).data;
    const [resolved, ...others] = await found('conversation.resolved');
    expect(others).toEqual([]);
    expect(resolved).toMatchObject({
      type: 'conversation.updated',
      aliases: expect.arrayContaining(['conversation.resolved', 'conversation.priority_changed']),
    });
    expect(await found('conversation.priority_changed,conversation.tagged')).toEqual([resolved]);
    expect((await found('conversation.*')).map(({ type }) => type)).toEqual([
      'conversation.created',
      'conversation.updated',
    ]);
    expect(await found('contact.*')).toEqual([]);
    const conversation = await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`);
    const timeline = await workspace.client.get<ListResponse<LoggedEvent>>(
      `/v1/contacts/${conversation.body.data.contact.id}/timeline`,
      { types: 'conversation.resolved,contact.*' },
    );
    expect(timeline.body.data.map(({ type }) => type)).toEqual(['conversation.updated', 'contact.created']);
  });

  it('should return 400 when `after` is an unknown event', async () => {
    expect(getError(await workspace.client.get('/v1/events', { after: randomUUID() }))).toMatchObject({
      status: 400,
      details: { after: [expect.any(String)] },
    });
  });

  it('should reject an event of another workspace as `after` and return no events of it', async () => {
    const other = await registerWorkspace();
    const [foreign] = await listEvents(other.client);
    expect(getError(await workspace.client.get('/v1/events', { after: foreign!.id })).status).toBe(400);
    expect((await listEvents(workspace.client)).map(({ id }) => id)).not.toContain(foreign!.id);
  });
});

describe('security events', () => {
  it('should be listed and sent only with the scope of the audit log', async () => {
    const agent = await createMember(workspace);
    const { client: auditor } = await createApiKey(workspace, ['events:read', 'audit:read']);
    const [hidden, shown] = [await follow(agent.client), await follow(auditor)];
    await signIn(workspace);
    const { id } = await createTeam(workspace.client);
    for (const stream of [hidden, shown])
      await eventually(() => stream.events.some(({ data }) => data.subject_id === id));
    expect(hidden.events.map(({ event }) => event)).toEqual(['team.created']);
    expect(shown.events.map(({ event }) => event)).toEqual(['security.login', 'team.created']);
    const query = { types: 'security.*' };
    expect((await agent.client.get<Page>('/v1/events', query)).body).toMatchObject({
      data: [],
      meta: { has_more: false },
    });
    expect((await auditor.get<Page>('/v1/events', query)).body.data.length).toBeGreaterThan(0);
    expect((await workspace.client.get<Page>('/v1/events', query)).body.data.length).toBeGreaterThan(0);
  });
});

describe('GET /v1/events/stream', () => {
  it('should send new events in the same form as the list', async () => {
    await createTeam(workspace.client);
    const stream = await follow(workspace.client);
    expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const { id } = await createTeam(workspace.client);
    const [event] = await eventually(() => stream.events.length > 0 && stream.events);
    expect(event).toMatchObject({ event: 'team.created', data: { subject_id: id } });
    const [listed] = (await list({ subject_id: id })).data;
    expect(event!.data).toEqual(listed);
    expect(event!.id).toBe(listed!.id);
  });

  it('should continue after Last-Event-ID without missing or repeating events', async () => {
    const stream = await follow(workspace.client);
    await createTeam(workspace.client);
    const last = await eventually(() => stream.events.at(-1) ?? null);
    stream.close();
    const missed = [await createTeam(workspace.client), await createTeam(workspace.client)];
    const resumed = await follow(workspace.client, {}, { 'last-event-id': last.id });
    const next = await createTeam(workspace.client);
    await eventually(() => resumed.events.length >= 3);
    expect(resumed.events.map(({ data }) => data.subject_id)).toEqual([...missed, next].map(({ id }) => id));
  });

  it('should filter by type and subject', async () => {
    const { id } = await createContact(workspace.client);
    const stream = await follow(workspace.client, { types: 'contact.updated', subject_id: id });
    await createContact(workspace.client);
    await workspace.client.patch(`/v1/contacts/${id}`, { name: 'Ada' });
    await eventually(() => stream.events.length > 0);
    expect(stream.events.map(({ event, data }) => [event, data.subject_id])).toEqual([['contact.updated', id]]);
  });

  it('should accept an access token in the query', async () => {
    const stream = await follow(new Client(), { access_token: workspace.client.credential! });
    expect(stream.response.status).toBe(200);
    expect((await follow(new Client(), { access_token: 'nonsense' })).response.status).toBe(401);
    expect((await follow(new Client())).response.status).toBe(401);
  });

  it('should end when the credential is revoked', async () => {
    const { id, client } = await createApiKey(workspace);
    const [revoked, stored] = [await follow(client), await follow(workspace.client)];
    expect((await workspace.client.post(`/v1/api-keys/${id}/revoke`)).status).toBe(200);
    await eventually(() => revoked.ended, { timeoutMs: 25_000 });
    expect(stored.ended).toBe(false);
  }, 40_000);

  it('should not send events of another workspace', async () => {
    const other = await registerWorkspace();
    const stream = await follow(workspace.client);
    const foreign = await createTeam(other.client);
    const own = await createTeam(workspace.client);
    await eventually(() => stream.events.some(({ data }) => data.subject_id === own.id));
    expect(stream.events.map(({ data }) => data.subject_id)).not.toContain(foreign.id);
  });

  it('should reject an event of another workspace as Last-Event-ID', async () => {
    const [foreign] = await listEvents((await registerWorkspace()).client);
    expect((await follow(workspace.client, {}, { 'last-event-id': foreign!.id })).response.status).toBe(400);
  });
});

it('should keep the body of a deleted message in the event log only', async () => {
  const { id } = await createConversation(workspace.client);
  const sent = await createMessage(workspace.client, id, { body: 'Forget this' });
  await workspace.client.delete(`/v1/messages/${sent.id}`);
  expect(getData(await workspace.client.get<ItemResponse<{ body: string }>>(`/v1/messages/${sent.id}`)).body).toBe('');
  expect((await list({ subject_id: sent.id, types: 'message.deleted' })).data).toMatchObject([
    { data: { changed: { body: ['Forget this', ''] } } },
  ]);
});
