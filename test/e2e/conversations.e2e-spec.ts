import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { makeContact } from '../factories/contact.js';
import { makeConversation, makeMessage } from '../factories/conversation.js';
import { makeTeam } from '../factories/team.js';
import { apiKey, dataOf, refusalOf, register, type Answer, type Workspace } from '../support/client.js';
import { eventsOf } from '../support/event-log.js';
import type { Contact, Conversation, LoggedEvent, Many, Message, One } from '../support/wire.js';

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([register(), register()]);
});

function act(
  id: string,
  action: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer<One<Conversation>>> {
  return workspace.client.post<One<Conversation>>(`/v1/conversations/${id}/${action}`, body, headers);
}

async function eventsAbout(id: string): Promise<LoggedEvent[]> {
  return (await eventsOf(workspace.client)).filter(({ subject_id }) => subject_id === id);
}

describe('POST /v1/conversations', () => {
  it('should begin a conversation with a new contact and a first message', async () => {
    const email = `ada-${randomUUID()}@example.com`;
    const made = await makeConversation(workspace.client, {
      contact: { email, name: 'Ada' },
      message: { body: 'Hello' },
      channel: 'email',
      priority: 'high',
      tags: ['web', 'web'],
    });
    expect(made).toMatchObject({
      status: 'open',
      priority: 'high',
      channel: 'email',
      tags: ['web'],
      contact: { email, name: 'Ada' },
      message_count: 1,
      unread_count: 1,
      last_message: { body: 'Hello' },
    });
    expect(made.waiting_since).not.toBeNull();
    expect((await eventsAbout(made.id)).map(({ type }) => type)).toEqual(['conversation.created']);
    const { body } = await workspace.client.get<Many<Message>>(`/v1/conversations/${made.id}/messages`);
    expect(body.data).toMatchObject([
      { type: 'comment', author: { type: 'contact', id: made.contact.id, name: 'Ada' } },
    ]);
  });

  it('should find a known contact by identifier before e-mail, fill what was empty and overwrite nothing', async () => {
    const identifier = randomUUID();
    const known = await makeContact(workspace.client, { identifier, email: null, name: 'Ada' });
    const stranger = await makeContact(workspace.client);
    const made = await makeConversation(workspace.client, {
      contact: { identifier, email: stranger.email, name: 'Somebody' },
    }).catch((error: Error) => error.message);
    expect(made).toContain('409');
    const phone = '+14155550123';
    const begun = dataOf(
      await workspace.client.post<One<Conversation>>('/v1/conversations', {
        contact: { identifier, name: 'Somebody', phone },
      }),
    );
    expect(begun.contact).toMatchObject({ id: known.id, name: 'Ada' });
    expect(
      dataOf(await workspace.client.get<One<Contact & { phone: string }>>(`/v1/contacts/${known.id}`)),
    ).toMatchObject({ name: 'Ada', phone, conversation_count: 1 });
  });

  it('should count numbers up in each workspace by itself', async () => {
    const { client } = await register();
    const numbers = (await Promise.all([1, 2, 3, 4].map(() => makeConversation(client)))).map(({ number }) => number);
    expect(numbers.sort()).toEqual([1, 2, 3, 4]);
  });

  it('should say who is missing, and make nothing', async () => {
    const { body: before } = await workspace.client.get<Many<Conversation>>('/v1/conversations');
    expect(refusalOf(await workspace.client.post('/v1/conversations', { subject: 'Nobody' }))).toMatchObject({
      status: 400,
      details: { contact: expect.any(Array) },
    });
    expect(
      refusalOf(await workspace.client.post('/v1/conversations', { contact: { name: 'Ada' }, message: { body: '' } })),
    ).toMatchObject({ status: 400, details: { 'message.body': expect.any(Array) } });
    expect((await workspace.client.get<Many<Conversation>>('/v1/conversations')).body.total).toBe(before.total);
  });

  it('should take an external id once', async () => {
    const external_id = randomUUID();
    await makeConversation(workspace.client, { external_id });
    expect(
      refusalOf(await workspace.client.post('/v1/conversations', { contact: { name: 'Ada' }, external_id })),
    ).toMatchObject({ status: 409, details: { external_id } });
    expect((await other.client.post('/v1/conversations', { contact: { name: 'Ada' }, external_id })).status).toBe(201);
  });

  it('should not begin with a contact, user or team of another workspace', async () => {
    const contact = await makeContact(other.client);
    const team = await makeTeam(other.client);
    for (const wrong of [
      { contact_id: contact.id },
      { contact: { name: 'Ada' }, assignee_id: other.userId },
      { contact: { name: 'Ada' }, team_id: team.id },
    ]) {
      expect(refusalOf(await workspace.client.post('/v1/conversations', wrong)).status).toBe(422);
    }
  });
});

describe('PATCH /v1/conversations/{id}', () => {
  it('should change all of it at once and tell of it in one event', async () => {
    const { id } = await makeConversation(workspace.client);
    const changed = dataOf(
      await workspace.client.patch<One<Conversation>>(`/v1/conversations/${id}`, {
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
    const [, told, ...more] = await eventsAbout(id);
    expect(more).toEqual([]);
    expect(told).toMatchObject({
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

  it('should change nothing when one part is refused', async () => {
    const { id } = await makeConversation(workspace.client);
    expect(
      refusalOf(
        await workspace.client.patch(`/v1/conversations/${id}`, { subject: 'Never', assignee_id: other.userId }),
      ).status,
    ).toBe(422);
    expect(dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`))).toMatchObject({
      subject: 'Missing invoice',
      version: 1,
    });
  });

  it('should let one of many changes on the same version through', async () => {
    const { id } = await makeConversation(workspace.client);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_unused, index) =>
        workspace.client.patch<One<Conversation>>(
          `/v1/conversations/${id}`,
          { subject: `Subject ${index}` },
          { 'if-match': '"1"' },
        ),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    const refused = answers.find(({ status }) => status === 412)!;
    expect(refusalOf(refused).details.current).toMatchObject({ id, version: 2, contact: { name: 'John Doe' } });
  });

  it('should not change a conversation of another workspace', async () => {
    const { id } = await makeConversation(other.client);
    expect(refusalOf(await workspace.client.patch(`/v1/conversations/${id}`, { subject: 'Ours' })).status).toBe(404);
    expect(dataOf(await other.client.get<One<Conversation>>(`/v1/conversations/${id}`)).subject).toBe(
      'Missing invoice',
    );
  });
});

describe('the life of a conversation', () => {
  it('should be resolved, reopened and closed, and tell of each step', async () => {
    const { id } = await makeConversation(workspace.client);
    expect(dataOf(await act(id, 'resolve'))).toMatchObject({
      status: 'resolved',
      waiting_since: null,
      resolved_at: expect.any(String),
    });
    expect(dataOf(await act(id, 'reopen'))).toMatchObject({ status: 'open', resolved_at: null, reopen_count: 1 });
    expect(dataOf(await act(id, 'close'))).toMatchObject({
      status: 'closed',
      closed_at: expect.any(String),
      resolved_at: expect.any(String),
    });
    expect((await eventsAbout(id)).map(({ type }) => type)).toEqual([
      'conversation.created',
      'conversation.resolved',
      'conversation.reopened',
      'conversation.closed',
    ]);
  });

  it('should begin with the status asked for, whatever is said first', async () => {
    for (const type of ['comment', 'reply'])
      expect(
        (await makeConversation(workspace.client, { status: 'pending', message: { type, body: 'Hello' } })).status,
      ).toBe('pending');
  });

  it('should leave nothing to read once it is resolved or closed', async () => {
    for (const step of ['resolve', 'close']) {
      const { id, unread_count } = await makeConversation(workspace.client);
      expect(unread_count).toBe(1);
      expect(dataOf(await act(id, step))).toMatchObject({ unread_count: 0, waiting_since: null });
    }
  });

  it('should stay as it is, and as old, when it is there already', async () => {
    const { id } = await makeConversation(workspace.client);
    const { version } = dataOf(await act(id, 'resolve'));
    expect(dataOf(await act(id, 'resolve')).version).toBe(version);
  });

  it('should refuse an illegal step and name the legal ones', async () => {
    const { id } = await makeConversation(workspace.client);
    await act(id, 'close');
    expect(refusalOf(await act(id, 'resolve'))).toMatchObject({
      status: 422,
      details: { from: 'closed', to: 'resolved', allowed: ['open'] },
    });
  });

  it('should refuse a step on an older version', async () => {
    const { id } = await makeConversation(workspace.client);
    await workspace.client.patch(`/v1/conversations/${id}`, { priority: 'low' });
    expect(refusalOf(await act(id, 'resolve', undefined, { 'if-match': '"1"' })).status).toBe(412);
  });
});

describe('POST /v1/conversations/{id}/snooze', () => {
  it('should put it aside until a time, and bring it back by itself', async () => {
    const { id } = await makeConversation(workspace.client);
    const until = new Date(Date.now() + 700).toISOString();
    expect(dataOf(await act(id, 'snooze', { until }))).toMatchObject({ status: 'snoozed', snoozed_until: until });
    await eventually(
      async () => dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`)).status === 'open',
      { timeoutMs: 10_000 },
    );
    const [woken] = (await eventsAbout(id)).slice(-1);
    expect(woken).toMatchObject({ type: 'conversation.unsnoozed', actor: { kind: 'system' } });
    expect(Date.parse((woken as LoggedEvent & { occurred_at: string }).occurred_at)).toBeGreaterThanOrEqual(
      Date.parse(until),
    );
  });

  it('should put it aside until the customer writes', async () => {
    const { id } = await makeConversation(workspace.client);
    expect(dataOf(await act(id, 'snooze', {}))).toMatchObject({ status: 'snoozed', snoozed_until: null });
    await makeMessage(workspace.client, id, { type: 'reply', body: 'Still on it' });
    expect(dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`)).status).toBe('snoozed');
    await makeMessage(workspace.client, id, { type: 'comment', body: 'Any news?' });
    expect(dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`)).status).toBe('open');
  });

  it('should be undone, and refuse a time that has passed', async () => {
    const { id } = await makeConversation(workspace.client);
    expect(refusalOf(await act(id, 'snooze', { until: '2020-01-01T00:00:00Z' }))).toMatchObject({
      status: 400,
      details: { until: [expect.any(String)] },
    });
    await act(id, 'snooze', { until: '2100-01-01T00:00:00Z' });
    expect(dataOf(await act(id, 'unsnooze'))).toMatchObject({ status: 'open', snoozed_until: null });
  });
});

describe('PATCH of the end of a snooze', () => {
  it('should move it, and leave what is not snoozed alone', async () => {
    const { id } = await makeConversation(workspace.client);
    const move = (snoozed_until: string | null) =>
      workspace.client.patch<One<Conversation>>(`/v1/conversations/${id}`, { snoozed_until });
    expect(refusalOf(await move('2100-01-01T00:00:00.000Z'))).toMatchObject({
      status: 400,
      details: { snoozed_until: [expect.any(String)] },
    });
    await act(id, 'snooze', { until: '2100-01-01T00:00:00.000Z' });
    expect(dataOf(await move('2101-01-01T00:00:00.000Z'))).toMatchObject({
      status: 'snoozed',
      snoozed_until: '2101-01-01T00:00:00.000Z',
    });
    expect((await eventsAbout(id)).at(-1)).toMatchObject({
      type: 'conversation.snoozed',
      data: { changed: { snoozed_until: ['2100-01-01T00:00:00.000Z', '2101-01-01T00:00:00.000Z'] } },
    });
    expect(dataOf(await move(null))).toMatchObject({ status: 'snoozed', snoozed_until: null });
  });
});

describe('fields of your own', () => {
  it('should be changed one by one, and go with null', async () => {
    const { id } = await makeConversation(workspace.client, {
      custom_fields: { plan: 'free', seats: 3, nothing: null },
    });
    const path = `/v1/conversations/${id}`;
    expect(dataOf(await workspace.client.get<One<{ custom_fields: object }>>(path)).custom_fields).toEqual({
      plan: 'free',
      seats: 3,
    });
    const changed = dataOf(
      await workspace.client.patch<One<{ custom_fields: object; version: number }>>(path, {
        custom_fields: { plan: 'pro', seats: null },
      }),
    );
    expect(changed.custom_fields).toEqual({ plan: 'pro' });
    expect((await eventsAbout(id)).at(-1)!.data).toMatchObject({
      changed: { custom_fields: [{ plan: 'free', seats: 3 }, { plan: 'pro' }] },
    });
    expect(
      dataOf(await workspace.client.patch<One<Conversation>>(path, { custom_fields: { seats: null } })).version,
    ).toBe(changed.version);
  });
});

describe('the customer of a conversation', () => {
  it('should be somebody else from then on, and what was said before stay with who said it', async () => {
    const { id, contact: former } = await makeConversation(workspace.client);
    const next = await makeContact(workspace.client);
    expect(
      dataOf(await workspace.client.patch<One<Conversation>>(`/v1/conversations/${id}`, { contact_id: next.id }))
        .contact.id,
    ).toBe(next.id);
    expect((await eventsAbout(id)).at(-1)).toMatchObject({
      type: 'conversation.updated',
      data: { contact_id: next.id, changed: { contact_id: [former.id, next.id] } },
    });
    await makeMessage(workspace.client, id, { type: 'comment' });
    const { body } = await workspace.client.get<Many<Message>>(`/v1/conversations/${id}/messages`);
    expect(body.data.map(({ author }) => author.id)).toEqual([former.id, next.id]);
    expect(
      (await workspace.client.get<Many<Conversation>>('/v1/conversations', { contact: former.id })).body.data,
    ).toEqual([]);
  });

  it('should not be who is not there, is blocked or belongs to another workspace', async () => {
    const { id, contact } = await makeConversation(workspace.client);
    const [stranger, spammer] = [await makeContact(other.client), await makeContact(workspace.client)];
    await workspace.client.post('/v1/blocked-visitors', { contact_id: spammer.id });
    const give = async (contact_id: string) =>
      refusalOf(await workspace.client.patch(`/v1/conversations/${id}`, { contact_id }));
    for (const unknown of [randomUUID(), stranger.id])
      expect(await give(unknown)).toMatchObject({ status: 422, details: { contact_id: unknown } });
    expect((await give(spammer.id)).status).toBe(403);
    expect(dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`)).contact.id).toBe(
      contact.id,
    );
  });
});

describe('a refusal', () => {
  it('should name the field as it was sent', async () => {
    const begin = async (fields: object) =>
      refusalOf(await workspace.client.post('/v1/conversations', { contact: { name: 'John' }, ...fields }));
    const nobody = randomUUID();
    expect(await begin({ message: {} })).toMatchObject({
      status: 400,
      details: { 'message.body': [expect.any(String)] },
    });
    expect(await begin({ message: { body: 'x', in_reply_to: nobody } })).toMatchObject({
      status: 422,
      details: { 'message.in_reply_to': nobody },
    });
    expect(await begin({ message: { content_type: 'cards' } })).toMatchObject({
      status: 400,
      details: { 'message.content_attributes.items': expect.any(Array) },
    });
    expect(await begin({ assignee_id: nobody })).toMatchObject({ status: 422, details: { assignee_id: nobody } });
    const { id } = await makeConversation(workspace.client);
    expect(refusalOf(await act(id, 'assign', { assignee_id: nobody }))).toMatchObject({
      status: 422,
      details: { assignee_id: nobody },
    });
    expect(
      refusalOf(await workspace.client.post('/v1/conversations/bulk', { ids: [id], update: { assignee_id: nobody } })),
    ).toMatchObject({ status: 422, details: { 'update.assignee_id': nobody } });
  });

  it('should name the conversation, or message, that has an external id', async () => {
    const [external_id, said_id] = [randomUUID(), randomUUID()];
    const { id } = await makeConversation(workspace.client, { external_id });
    const said = await makeMessage(workspace.client, id, { external_id: said_id });
    const begin = async (fields: object) =>
      refusalOf(await workspace.client.post('/v1/conversations', { contact: { name: 'John' }, ...fields }));
    expect(await begin({ external_id })).toMatchObject({ status: 409, details: { field: 'external_id', id } });
    expect(await begin({ message: { body: 'x', external_id: said_id } })).toMatchObject({
      status: 409,
      details: { field: 'message.external_id', id: said.id },
    });
  });
});

describe('POST /v1/conversations/{id}/assign', () => {
  it('should give it to a user and a team, show their names, and take it away again', async () => {
    const { id } = await makeConversation(workspace.client);
    const team = await makeTeam(workspace.client);
    expect(dataOf(await act(id, 'assign', { assignee_id: workspace.userId, team_id: team.id }))).toMatchObject({
      assignee: { id: workspace.userId, name: 'Sarah Chen' },
      team: { id: team.id, name: team.name },
    });
    expect(dataOf(await act(id, 'assign', { assignee_id: null }))).toMatchObject({
      assignee: null,
      team: { id: team.id },
    });
    expect((await eventsAbout(id)).map(({ type }) => type)).toEqual([
      'conversation.created',
      'conversation.updated',
      'conversation.participant_added',
      'conversation.unassigned',
    ]);
  });

  it('should take me for who calls, unless that is a service', async () => {
    const { id } = await makeConversation(workspace.client);
    expect(dataOf(await act(id, 'assign', { assignee_id: 'me' })).assignee!.id).toBe(workspace.userId);
    expect(
      dataOf(await workspace.client.patch<One<Conversation>>(`/v1/conversations/${id}`, { assignee_id: null }))
        .assignee,
    ).toBeNull();
    expect(
      dataOf(await workspace.client.patch<One<Conversation>>(`/v1/conversations/${id}`, { assignee_id: 'me' }))
        .assignee!.id,
    ).toBe(workspace.userId);
    const { client } = await apiKey(workspace);
    const refused = [
      await client.post(`/v1/conversations/${id}/assign`, { assignee_id: 'me' }),
      await client.patch(`/v1/conversations/${id}`, { assignee_id: 'me' }),
      await act(id, 'assign', { assignee_id: 'you' }),
      await act(id, 'assign', { assignee_id: [] }),
    ];
    for (const answer of refused)
      expect(refusalOf(answer)).toMatchObject({ status: 400, details: { assignee_id: [expect.any(String)] } });
  });

  it('should not give it to a user or team of another workspace', async () => {
    const { id } = await makeConversation(workspace.client);
    const team = await makeTeam(other.client);
    expect(refusalOf(await act(id, 'assign', { assignee_id: other.userId })).status).toBe(422);
    expect(refusalOf(await act(id, 'assign', { team_id: team.id })).status).toBe(422);
    expect(dataOf(await workspace.client.get<One<Conversation>>(`/v1/conversations/${id}`))).toMatchObject({
      assignee: null,
      team: null,
      version: 1,
    });
  });
});
