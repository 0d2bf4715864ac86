import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createContact } from '../factories/contact.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createTeam } from '../factories/team.js';
import {
  createApiKey,
  getData,
  getError,
  registerWorkspace,
  type ApiResponse,
  type Workspace,
} from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Contact, Conversation, LoggedEvent, ListResponse, Message, ItemResponse } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

function act(
  id: string,
  action: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<ApiResponse<ItemResponse<Conversation>>> {
  return workspace.client.post<ItemResponse<Conversation>>(`/v1/conversations/${id}/${action}`, body, headers);
}

async function listEventsAbout(id: string): Promise<LoggedEvent[]> {
  return (await listEvents(workspace.client)).filter(({ subject_id }) => subject_id === id);
}

describe('POST /v1/conversations', () => {
  it('should create a conversation with a new contact and a first message', async () => {
    const email = `ada-${randomUUID()}@example.com`;
    const created = await createConversation(workspace.client, {
      contact: { email, name: 'Ada' },
      message: { body: 'Hello' },
      channel: 'email',
      priority: 'high',
      tags: ['web', 'web'],
    });
    expect(created).toMatchObject({
      status: 'open',
      priority: 'high',
      channel: 'email',
      tags: ['web'],
      contact: { email, name: 'Ada' },
      message_count: 1,
      unread_count: 1,
      last_message: { body: 'Hello' },
    });
    expect(created.waiting_since).not.toBeNull();
    expect((await listEventsAbout(created.id)).map(({ type }) => type)).toEqual(['conversation.created']);
    const { body } = await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${created.id}/messages`);
    expect(body.data).toMatchObject([
      { type: 'comment', author: { type: 'contact', id: created.contact.id, name: 'Ada' } },
    ]);
  });

  it('should find an existing contact by identifier before e-mail and only fill its empty fields', async () => {
    const identifier = randomUUID();
    const existing = await createContact(workspace.client, { identifier, email: null, name: 'Ada' });
    const outsider = await createContact(workspace.client);
    const created = await createConversation(workspace.client, {
      contact: { identifier, email: outsider.email, name: 'Somebody' },
    }).catch((error: Error) => error.message);
    expect(created).toContain('409');
    const phone = '+14155550123';
    const started = getData(
      await workspace.client.post<ItemResponse<Conversation>>('/v1/conversations', {
        contact: { identifier, name: 'Somebody', phone },
      }),
    );
    expect(started.contact).toMatchObject({ id: existing.id, name: 'Ada' });
    expect(
      getData(await workspace.client.get<ItemResponse<Contact & { phone: string }>>(`/v1/contacts/${existing.id}`)),
    ).toMatchObject({ name: 'Ada', phone, conversation_count: 1 });
  });

  it('should count numbers per workspace', async () => {
    const { client } = await registerWorkspace();
    const numbers = (await Promise.all([1, 2, 3, 4].map(() => createConversation(client)))).map(({ number }) => number);
    expect(numbers.sort()).toEqual([1, 2, 3, 4]);
  });

  it('should return 400 and create nothing when the contact or the message body is missing', async () => {
    const { body: before } = await workspace.client.get<ListResponse<Conversation>>('/v1/conversations');
    expect(getError(await workspace.client.post('/v1/conversations', { subject: 'Nobody' }))).toMatchObject({
      status: 400,
      details: { contact: expect.any(Array) },
    });
    expect(
      getError(await workspace.client.post('/v1/conversations', { contact: { name: 'Ada' }, message: { body: '' } })),
    ).toMatchObject({ status: 400, details: { 'message.body': expect.any(Array) } });
    expect((await workspace.client.get<ListResponse<Conversation>>('/v1/conversations')).body.total).toBe(before.total);
  });

  it('should return 409 when the external_id is already used in the workspace', async () => {
    const external_id = randomUUID();
    await createConversation(workspace.client, { external_id });
    expect(
      getError(await workspace.client.post('/v1/conversations', { contact: { name: 'Ada' }, external_id })),
    ).toMatchObject({ status: 409, details: { external_id } });
    expect((await other.client.post('/v1/conversations', { contact: { name: 'Ada' }, external_id })).status).toBe(201);
  });

  it('should return 422 when the contact, user or team belongs to another workspace', async () => {
    const contact = await createContact(other.client);
    const team = await createTeam(other.client);
    for (const invalid of [
      { contact_id: contact.id },
      { contact: { name: 'Ada' }, assignee_id: other.userId },
      { contact: { name: 'Ada' }, team_id: team.id },
    ]) {
      expect(getError(await workspace.client.post('/v1/conversations', invalid)).status).toBe(422);
    }
  });
});

describe('PATCH /v1/conversations/{id}', () => {
  it('should apply all fields and emit one event', async () => {
    const { id } = await createConversation(workspace.client);
    const changed = getData(
      await workspace.client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, {
        subject: 'Found',
        priority: 'urgent',
        tags: ['a', 'b', 'a'],
        status: 'pending',
      }),
    );
    expect(changed).toMatchObject({
      subject: 'Found',
      priority: 'urgent',
      tags: ['a', 'b'],
      status: 'pending',
      version: 2,
    });
    const [, emitted, ...later] = await listEventsAbout(id);
    expect(later).toEqual([]);
    expect(emitted).toMatchObject({
      type: 'conversation.updated',
      data: {
        changed: {
          subject: ['Missing invoice', 'Found'],
          priority: ['normal', 'urgent'],
          tags: [[], ['a', 'b']],
          status: ['open', 'pending'],
        },
      },
    });
  });

  it('should change nothing when the tags have another order', async () => {
    const { id } = await createConversation(workspace.client, { tags: ['q', 'w'] });
    const { data } = (
      await workspace.client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, { tags: ['w', 'q'] })
    ).body;
    expect(data).toMatchObject({ tags: ['q', 'w'], version: 1 });
    expect(await listEventsAbout(id)).toHaveLength(1);
  });

  it('should change nothing when one field is rejected', async () => {
    const { id } = await createConversation(workspace.client);
    expect(
      getError(await workspace.client.patch(`/v1/conversations/${id}`, { subject: 'Never', assignee_id: other.userId }))
        .status,
    ).toBe(422);
    expect(getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`))).toMatchObject({
      subject: 'Missing invoice',
      version: 1,
    });
  });

  it('should apply one of several concurrent updates with the same version', async () => {
    const { id } = await createConversation(workspace.client);
    const responses = await Promise.all(
      Array.from({ length: 6 }, (_unused, index) =>
        workspace.client.patch<ItemResponse<Conversation>>(
          `/v1/conversations/${id}`,
          { subject: `Subject ${index}` },
          { 'if-match': '"1"' },
        ),
      ),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    const rejected = responses.find(({ status }) => status === 412)!;
    expect(getError(rejected).details.current).toMatchObject({ id, version: 2, contact: { name: 'John Doe' } });
  });

  it('should return 404 when the conversation belongs to another workspace', async () => {
    const { id } = await createConversation(other.client);
    expect(getError(await workspace.client.patch(`/v1/conversations/${id}`, { subject: 'Ours' })).status).toBe(404);
    expect(getData(await other.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).subject).toBe(
      'Missing invoice',
    );
  });
});

describe('status of a conversation', () => {
  it('should emit an event for each transition when it is resolved, reopened and closed', async () => {
    const { id } = await createConversation(workspace.client);
    expect(getData(await act(id, 'resolve'))).toMatchObject({
      status: 'resolved',
      waiting_since: null,
      resolved_at: expect.any(String),
    });
    expect(getData(await act(id, 'reopen'))).toMatchObject({ status: 'open', resolved_at: null, reopen_count: 1 });
    expect(getData(await act(id, 'close'))).toMatchObject({
      status: 'closed',
      closed_at: expect.any(String),
      resolved_at: expect.any(String),
    });
    expect((await listEventsAbout(id)).map(({ type }) => type)).toEqual([
      'conversation.created',
      'conversation.resolved',
      'conversation.reopened',
      'conversation.closed',
    ]);
  });

  it('should keep the requested initial status when a first message is given', async () => {
    for (const type of ['comment', 'reply'])
      expect(
        (await createConversation(workspace.client, { status: 'pending', message: { type, body: 'Hello' } })).status,
      ).toBe('pending');
  });

  it('should clear unread_count when it is resolved or closed', async () => {
    for (const step of ['resolve', 'close']) {
      const { id, unread_count } = await createConversation(workspace.client);
      expect(unread_count).toBe(1);
      expect(getData(await act(id, step))).toMatchObject({ unread_count: 0, waiting_since: null });
    }
  });

  it('should keep the version when the status does not change', async () => {
    const { id } = await createConversation(workspace.client);
    const { version } = getData(await act(id, 'resolve'));
    expect(getData(await act(id, 'resolve')).version).toBe(version);
  });

  it('should return 422 with the allowed statuses when the transition is not allowed', async () => {
    const { id } = await createConversation(workspace.client);
    await act(id, 'close');
    expect(getError(await act(id, 'resolve'))).toMatchObject({
      status: 422,
      details: { from: 'closed', to: 'resolved', allowed: ['open'] },
    });
  });

  it('should return 412 when the version is outdated', async () => {
    const { id } = await createConversation(workspace.client);
    await workspace.client.patch(`/v1/conversations/${id}`, { priority: 'low' });
    expect(getError(await act(id, 'resolve', undefined, { 'if-match': '"1"' })).status).toBe(412);
  });
});

describe('POST /v1/conversations/{id}/snooze', () => {
  it('should snooze until the given time and then open the conversation', async () => {
    const { id } = await createConversation(workspace.client);
    const until = new Date(Date.now() + 700).toISOString();
    expect(getData(await act(id, 'snooze', { until }))).toMatchObject({ status: 'snoozed', snoozed_until: until });
    await eventually(
      async () =>
        getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).status === 'open',
      { timeoutMs: 10_000 },
    );
    const [unsnoozed] = (await listEventsAbout(id)).slice(-1);
    expect(unsnoozed).toMatchObject({ type: 'conversation.unsnoozed', actor: { kind: 'system' } });
    expect(Date.parse((unsnoozed as LoggedEvent & { occurred_at: string }).occurred_at)).toBeGreaterThanOrEqual(
      Date.parse(until),
    );
  });

  it('should snooze until the customer writes when until is omitted', async () => {
    const { id } = await createConversation(workspace.client);
    expect(getData(await act(id, 'snooze', {}))).toMatchObject({ status: 'snoozed', snoozed_until: null });
    await createMessage(workspace.client, id, { type: 'reply', body: 'Still on it' });
    expect(getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).status).toBe(
      'snoozed',
    );
    await createMessage(workspace.client, id, { type: 'comment', body: 'Any news?' });
    expect(getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).status).toBe(
      'open',
    );
  });

  it('should end when unsnoozed, and return 400 when until is in the past', async () => {
    const { id } = await createConversation(workspace.client);
    expect(getError(await act(id, 'snooze', { until: '2020-01-01T00:00:00Z' }))).toMatchObject({
      status: 400,
      details: { until: [expect.any(String)] },
    });
    await act(id, 'snooze', { until: '2100-01-01T00:00:00Z' });
    expect(getData(await act(id, 'unsnooze'))).toMatchObject({ status: 'open', snoozed_until: null });
  });
});

describe('PATCH /v1/conversations/{id} with snoozed_until', () => {
  it('should move the end of a snooze, and return 400 when the conversation is not snoozed', async () => {
    const { id } = await createConversation(workspace.client);
    const move = (snoozed_until: string | null) =>
      workspace.client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, { snoozed_until });
    expect(getError(await move('2100-01-01T00:00:00.000Z'))).toMatchObject({
      status: 400,
      details: { snoozed_until: [expect.any(String)] },
    });
    await act(id, 'snooze', { until: '2100-01-01T00:00:00.000Z' });
    expect(getData(await move('2101-01-01T00:00:00.000Z'))).toMatchObject({
      status: 'snoozed',
      snoozed_until: '2101-01-01T00:00:00.000Z',
    });
    expect((await listEventsAbout(id)).at(-1)).toMatchObject({
      type: 'conversation.snoozed',
      data: { changed: { snoozed_until: ['2100-01-01T00:00:00.000Z', '2101-01-01T00:00:00.000Z'] } },
    });
    expect(getData(await move(null))).toMatchObject({ status: 'snoozed', snoozed_until: null });
  });
});

describe('custom fields of a conversation', () => {
  it('should set single fields and remove those that are null', async () => {
    const { id } = await createConversation(workspace.client, {
      custom_fields: { plan: 'free', seats: 3, nothing: null },
    });
    const path = `/v1/conversations/${id}`;
    expect(getData(await workspace.client.get<ItemResponse<{ custom_fields: object }>>(path)).custom_fields).toEqual({
      plan: 'free',
      seats: 3,
    });
    const changed = getData(
      await workspace.client.patch<ItemResponse<{ custom_fields: object; version: number }>>(path, {
        custom_fields: { plan: 'pro', seats: null },
      }),
    );
    expect(changed.custom_fields).toEqual({ plan: 'pro' });
    expect((await listEventsAbout(id)).at(-1)!.data).toMatchObject({
      changed: { custom_fields: [{ plan: 'free', seats: 3 }, { plan: 'pro' }] },
    });
    expect(
      getData(await workspace.client.patch<ItemResponse<Conversation>>(path, { custom_fields: { seats: null } }))
        .version,
    ).toBe(changed.version);
  });
});

describe('contact of a conversation', () => {
  it('should change the contact while existing messages keep their author', async () => {
    const { id, contact: previous } = await createConversation(workspace.client);
    const next = await createContact(workspace.client);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, { contact_id: next.id }),
      ).contact.id,
    ).toBe(next.id);
    expect((await listEventsAbout(id)).at(-1)).toMatchObject({
      type: 'conversation.updated',
      data: { contact_id: next.id, changed: { contact_id: [previous.id, next.id] } },
    });
    await createMessage(workspace.client, id, { type: 'comment' });
    const { body } = await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${id}/messages`);
    expect(body.data.map(({ author }) => author.id)).toEqual([previous.id, next.id]);
    expect(
      (await workspace.client.get<ListResponse<Conversation>>('/v1/conversations', { contact: previous.id })).body.data,
    ).toEqual([]);
  });

  it('should reject a contact that does not exist, is blocked or belongs to another workspace', async () => {
    const { id, contact } = await createConversation(workspace.client);
    const [outsider, spammer] = [await createContact(other.client), await createContact(workspace.client)];
    await workspace.client.post('/v1/blocked-visitors', { contact_id: spammer.id });
    const assign = async (contact_id: string) =>
      getError(await workspace.client.patch(`/v1/conversations/${id}`, { contact_id }));
    for (const unknown of [randomUUID(), outsider.id])
      expect(await assign(unknown)).toMatchObject({ status: 422, details: { contact_id: unknown } });
    expect((await assign(spammer.id)).status).toBe(403);
    expect(getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).contact.id).toBe(
      contact.id,
    );
  });
});

describe('error details', () => {
  it('should contain the path of the field in the request', async () => {
    const openConversation = async (fields: object) =>
      getError(await workspace.client.post('/v1/conversations', { contact: { name: 'John' }, ...fields }));
    const missingId = randomUUID();
    expect(await openConversation({ message: {} })).toMatchObject({
      status: 400,
      details: { 'message.body': [expect.any(String)] },
    });
    expect(await openConversation({ message: { body: 'x', in_reply_to: missingId } })).toMatchObject({
      status: 422,
      details: { 'message.in_reply_to': missingId },
    });
    expect(await openConversation({ message: { content_type: 'cards' } })).toMatchObject({
      status: 400,
      details: { 'message.content_attributes.items': expect.any(Array) },
    });
    expect(await openConversation({ assignee_id: missingId })).toMatchObject({
      status: 422,
      details: { assignee_id: missingId },
    });
    const { id } = await createConversation(workspace.client);
    expect(getError(await act(id, 'assign', { assignee_id: missingId }))).toMatchObject({
      status: 422,
      details: { assignee_id: missingId },
    });
    expect(
      getError(
        await workspace.client.post('/v1/conversations/bulk', { ids: [id], update: { assignee_id: missingId } }),
      ),
    ).toMatchObject({ status: 422, details: { 'update.assignee_id': missingId } });
  });

  it('should contain the id of the conversation or message when an external_id is already used', async () => {
    const [external_id, message_external_id] = [randomUUID(), randomUUID()];
    const { id } = await createConversation(workspace.client, { external_id });
    const sent = await createMessage(workspace.client, id, { external_id: message_external_id });
    const openConversation = async (fields: object) =>
      getError(await workspace.client.post('/v1/conversations', { contact: { name: 'John' }, ...fields }));
    expect(await openConversation({ external_id })).toMatchObject({
      status: 409,
      details: { field: 'external_id', id },
    });
    expect(await openConversation({ message: { body: 'x', external_id: message_external_id } })).toMatchObject({
      status: 409,
      details: { field: 'message.external_id', id: sent.id },
    });
  });
});

describe('POST /v1/conversations/{id}/assign', () => {
  it('should assign a user and a team with their names, and unassign with null', async () => {
    const { id } = await createConversation(workspace.client);
    const team = await createTeam(workspace.client);
    expect(getData(await act(id, 'assign', { assignee_id: workspace.userId, team_id: team.id }))).toMatchObject({
      assignee: { id: workspace.userId, name: 'Sarah Chen' },
      team: { id: team.id, name: team.name },
    });
    expect(getData(await act(id, 'assign', { assignee_id: null }))).toMatchObject({
      assignee: null,
      team: { id: team.id },
    });
    expect((await listEventsAbout(id)).map(({ type }) => type)).toEqual([
      'conversation.created',
      'conversation.updated',
      'conversation.participant_added',
      'conversation.unassigned',
    ]);
  });

  it('should replace me with the calling user, and return 400 when the caller is a service key', async () => {
    const { id } = await createConversation(workspace.client);
    expect(getData(await act(id, 'assign', { assignee_id: 'me' })).assignee!.id).toBe(workspace.userId);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, { assignee_id: null }),
      ).assignee,
    ).toBeNull();
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, { assignee_id: 'me' }),
      ).assignee!.id,
    ).toBe(workspace.userId);
    const { client } = await createApiKey(workspace);
    const rejected = [
      await client.post(`/v1/conversations/${id}/assign`, { assignee_id: 'me' }),
      await client.patch(`/v1/conversations/${id}`, { assignee_id: 'me' }),
      await act(id, 'assign', { assignee_id: 'you' }),
      await act(id, 'assign', { assignee_id: [] }),
    ];
    for (const response of rejected)
      expect(getError(response)).toMatchObject({ status: 400, details: { assignee_id: [expect.any(String)] } });
  });

  it('should return 422 when the user or team belongs to another workspace', async () => {
    const { id } = await createConversation(workspace.client);
    const team = await createTeam(other.client);
    expect(getError(await act(id, 'assign', { assignee_id: other.userId })).status).toBe(422);
    expect(getError(await act(id, 'assign', { team_id: team.id })).status).toBe(422);
    expect(getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`))).toMatchObject({
      assignee: null,
      team: null,
      version: 1,
    });
  });
});
