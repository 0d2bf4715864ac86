import { eventually } from '@parley/kernel/testing';
import { createConversation, createMessage } from '../factories/conversation.js';
import { createInbox } from '../factories/inbox.js';
import { createTeam } from '../factories/team.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, Inbox, ListResponse, Message, ItemResponse, User } from '../support/wire.js';

const NEVER_OPEN = { timezone: 'Europe/Berlin', weekly: [] };

let workspace: Workspace;
let other: Workspace;

beforeAll(async () => {
  [workspace, other] = await Promise.all([registerWorkspace(), registerWorkspace()]);
});

async function messagesOf(conversationId: string): Promise<readonly Message[]> {
  return (
    await workspace.client.get<ListResponse<Message>>(`/v1/conversations/${conversationId}/messages`, {
      order_dir: 'asc',
    })
  ).body.data;
}

describe('/v1/team-inboxes', () => {
  it('should create an inbox with all fields', async () => {
    const team = await createTeam(workspace.client);
    const fields = {
      channel: 'email',
      greeting: 'Hello',
      away_message: 'Gone home',
      business_hours: {
        timezone: 'Europe/Berlin',
        weekly: [{ day: 'monday', from: '09:00', to: '17:00' }],
        holidays: [{ date: '2026-12-25', name: 'Christmas' }],
      },
    };
    const inbox = await createInbox(workspace.client, { ...fields, team_id: team.id, member_ids: [workspace.userId] });
    expect(inbox).toMatchObject({
      ...fields,
      team: { id: team.id, name: team.name },
      members_count: 1,
      version: 1,
      business_hours: {
        ...fields.business_hours,
        holidays: [{ date: '2026-12-25', name: 'Christmas', from: null, to: null }],
      },
    });
    expect(getData(await workspace.client.get<ItemResponse<Inbox>>(`/v1/team-inboxes/${inbox.id}`))).toEqual(inbox);
    expect(
      (await listEvents(workspace.client)).filter(({ subject_id }) => subject_id === inbox.id).map(({ type }) => type),
    ).toEqual(['inbox.created', 'inbox.member_added']);
  });

  it('should reject invalid values and name them', async () => {
    const rejected = async (body: object) =>
      getError(await workspace.client.post('/v1/team-inboxes', { name: 'Odd', ...body }));
    expect(await rejected({ business_hours: { timezone: 'Mars/Olympus', weekly: [] } })).toMatchObject({
      status: 400,
      details: { 'business_hours.timezone': [expect.any(String)] },
    });
    expect(
      await rejected({ business_hours: { timezone: 'UTC', weekly: [{ day: 'monday', from: '17:00', to: '09:00' }] } }),
    ).toMatchObject({ status: 400, details: { 'business_hours.weekly[0].to': [expect.any(String)] } });
    expect(await rejected({ team_id: (await createTeam(other.client)).id })).toMatchObject({ status: 422 });
    expect(await rejected({ member_ids: [other.userId] })).toMatchObject({
      status: 422,
      details: { member_ids: other.userId },
    });
    expect((await workspace.client.get<ListResponse<Inbox>>('/v1/team-inboxes', { q: 'Odd' })).body.total).toBe(0);
  });

  it('should reject a used name on create and update', async () => {
    const [first, second] = [await createInbox(workspace.client), await createInbox(workspace.client)];
    expect(getError(await workspace.client.post('/v1/team-inboxes', { name: first.name.toUpperCase() }))).toMatchObject(
      {
        status: 409,
      },
    );
    expect(getError(await workspace.client.patch(`/v1/team-inboxes/${second.id}`, { name: first.name }))).toMatchObject(
      {
        status: 409,
      },
    );
  });

  it('should change only the given fields and keep the version when nothing changes', async () => {
    const inbox = await createInbox(workspace.client, { greeting: 'Hello', channel: 'chat' });
    const path = `/v1/team-inboxes/${inbox.id}`;
    expect(getData(await workspace.client.patch<ItemResponse<Inbox>>(path, { greeting: null }))).toMatchObject({
      greeting: null,
      channel: 'chat',
      version: 2,
    });
    expect(getData(await workspace.client.patch<ItemResponse<Inbox>>(path, { greeting: null }))).toMatchObject({
      version: 2,
    });
    expect(getError(await workspace.client.patch(path, { greeting: 'Hi' }, { 'if-match': '"1"' }))).toMatchObject({
      status: 412,
      details: { current: { version: 2 } },
    });
  });

  it('should filter by team, member, channel and name', async () => {
    const fresh = await registerWorkspace();
    const team = await createTeam(fresh.client);
    await createInbox(fresh.client, { name: 'Sales', channel: 'chat', team_id: team.id });
    await createInbox(fresh.client, { name: 'Support', channel: 'email', member_ids: [fresh.userId] });
    const names = async (query: Record<string, string>) =>
      (await fresh.client.get<ListResponse<Inbox>>('/v1/team-inboxes', query)).body.data.map(({ name }) => name);
    expect(await names({})).toEqual(['Sales', 'Support']);
    expect(await names({ team: team.id })).toEqual(['Sales']);
    expect(await names({ member: fresh.userId })).toEqual(['Support']);
    expect(await names({ channel: 'email,sms' })).toEqual(['Support']);
    expect(await names({ q: 'SAL' })).toEqual(['Sales']);
  });

  it('should add and remove members', async () => {
    const { id } = await createInbox(workspace.client);
    const path = `/v1/team-inboxes/${id}/members`;
    for (let time = 0; time < 2; time += 1)
      expect((await workspace.client.post(path, { user_id: workspace.userId })).status).toBe(201);
    expect((await workspace.client.get<ListResponse<User>>(path)).body.data.map((user) => user.id)).toEqual([
      workspace.userId,
    ]);
    expect(getError(await workspace.client.post(path, { user_id: other.userId }))).toMatchObject({
      status: 422,
      details: { user_id: other.userId },
    });
    expect((await workspace.client.delete(`${path}/${workspace.userId}`)).status).toBe(204);
    expect(getError(await workspace.client.delete(`${path}/${workspace.userId}`))).toMatchObject({ status: 404 });
  });

  it('should return 404 for an inbox of another workspace', async () => {
    const { id } = await createInbox(other.client);
    for (const response of [
      await workspace.client.get(`/v1/team-inboxes/${id}`),
      await workspace.client.patch(`/v1/team-inboxes/${id}`, { name: 'Mine' }),
      await workspace.client.delete(`/v1/team-inboxes/${id}`),
      await workspace.client.get(`/v1/team-inboxes/${id}/members`),
      await workspace.client.post(`/v1/team-inboxes/${id}/members`, { user_id: workspace.userId }),
    ])
      expect(getError(response)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(
      (await workspace.client.get<ListResponse<Inbox>>('/v1/team-inboxes', { limit: 100 })).body.data.map(
        (inbox) => inbox.id,
      ),
    ).not.toContain(id);
  });
});

describe('conversations in an inbox', () => {
  it('should default to the channel and team of the inbox', async () => {
    const [team, another] = [await createTeam(workspace.client), await createTeam(workspace.client)];
    const inbox = await createInbox(workspace.client, { channel: 'chat', team_id: team.id });
    expect(await createConversation(workspace.client, { inbox_id: inbox.id })).toMatchObject({
      inbox: { id: inbox.id, name: inbox.name },
      channel: 'chat',
      team: { id: team.id },
    });
    expect(
      await createConversation(workspace.client, { inbox_id: inbox.id, channel: 'email', team_id: another.id }),
    ).toMatchObject({ channel: 'email', team: { id: another.id } });
    expect(await createConversation(workspace.client, { inbox_id: inbox.id, team_id: null })).toMatchObject({
      team: null,
    });
    expect(
      (await workspace.client.get<ListResponse<Conversation>>('/v1/conversations', { inbox: inbox.id })).body.total,
    ).toBe(3);
  });

  it('should move between inboxes and reject an unknown one', async () => {
    const inbox = await createInbox(workspace.client);
    const { id } = await createConversation(workspace.client);
    expect(
      getData(
        await workspace.client.patch<ItemResponse<Conversation>>(`/v1/conversations/${id}`, { inbox_id: inbox.id }),
      ),
    ).toMatchObject({ inbox: { id: inbox.id }, version: 2 });
    const foreign = await createInbox(other.client);
    expect(getError(await workspace.client.patch(`/v1/conversations/${id}`, { inbox_id: foreign.id }))).toMatchObject({
      status: 422,
      details: { inbox_id: foreign.id },
    });
    expect(
      getError(await workspace.client.post('/v1/conversations', { contact: { name: 'Jo' }, inbox_id: foreign.id })),
    ).toMatchObject({ status: 422 });
  });

  it('should have no inbox when it is deleted', async () => {
    const inbox = await createInbox(workspace.client);
    const { id } = await createConversation(workspace.client, { inbox_id: inbox.id });
    expect((await workspace.client.delete(`/v1/team-inboxes/${inbox.id}`)).status).toBe(204);
    expect(
      await eventually(async () =>
        getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).version > 1
          ? 'released'
          : null,
      ),
    ).toBe('released');
    expect(getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${id}`)).inbox).toBeNull();
  });
});

describe('automatic messages of an inbox', () => {
  it('should greet the customer once and keep the conversation waiting', async () => {
    const inbox = await createInbox(workspace.client, { greeting: 'Thanks for writing.' });
    const { id } = await createConversation(workspace.client, { inbox_id: inbox.id });
    const messages = await eventually(async () => {
      const all = await messagesOf(id);
      return all.length > 1 ? all : null;
    });
    expect(messages.map(({ type, body, author }) => [type, body, author.type])).toEqual([
      ['comment', 'Where is my invoice?', 'contact'],
      ['reply', 'Thanks for writing.', 'system'],
    ]);
    await createMessage(workspace.client, id, { type: 'comment', body: 'Anybody there?' });
    await createMessage(workspace.client, id, { type: 'reply', body: 'Yes.' });
    const { id: later } = await createConversation(workspace.client, { inbox_id: inbox.id });
    await eventually(async () => ((await messagesOf(later)).length > 1 ? true : null));
    expect((await messagesOf(id)).map(({ body }) => body)).toEqual([
      'Where is my invoice?',
      'Thanks for writing.',
      'Anybody there?',
      'Yes.',
    ]);
    expect(
      getData(await workspace.client.get<ItemResponse<Conversation>>(`/v1/conversations/${later}`)).waiting_since,
    ).not.toBeNull();
  });

  it('should send the away message outside business hours at most once a day', async () => {
    const inbox = await createInbox(workspace.client, {
      greeting: 'Hello',
      away_message: 'Back on Monday',
      business_hours: NEVER_OPEN,
    });
    const { id } = await createConversation(workspace.client, { inbox_id: inbox.id });
    await eventually(async () => ((await messagesOf(id)).length > 1 ? true : null));
    await createMessage(workspace.client, id, { type: 'comment', body: 'Hello?' });
    const { id: later } = await createConversation(workspace.client, { inbox_id: inbox.id });
    await eventually(async () => ((await messagesOf(later)).length > 1 ? true : null));
    expect((await messagesOf(id)).map(({ body }) => body)).toEqual([
      'Where is my invoice?',
      'Back on Monday',
      'Hello?',
    ]);
  });

  it('should not be sent when the team starts the conversation', async () => {
    const inbox = await createInbox(workspace.client, { greeting: 'Hello' });
    const { id } = await createConversation(workspace.client, {
      inbox_id: inbox.id,
      message: { type: 'reply', body: 'Your parcel is on its way.' },
    });
    const { id: later } = await createConversation(workspace.client, { inbox_id: inbox.id });
    await eventually(async () => ((await messagesOf(later)).length > 1 ? true : null));
    expect(await messagesOf(id)).toHaveLength(1);
  });
});
