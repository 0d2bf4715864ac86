import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createTicket as createTicketOf } from '../factories/ticket.js';
import { createApiKey, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { Conversation, ItemResponse, ListResponse, NamedRef, Ticket } from '../support/wire.js';

let workspace: Workspace;

async function post<T>(path: string, body?: unknown): Promise<T> {
  const response = await workspace.client.post<ItemResponse<T>>(path, body);
  expect(response.status).toBeLessThan(300);
  return response.body.data;
}

async function get<T>(path: string): Promise<T> {
  return (await workspace.client.get<ItemResponse<T>>(path)).body.data;
}

function createTicket(fields: object = {}): Promise<Ticket> {
  return createTicketOf(workspace.client, { ...fields });
}

async function listIds(query: Record<string, string>): Promise<string[]> {
  const { body } = await workspace.client.get<ListResponse<Ticket>>('/v1/tickets', query);
  return body.data.map(({ id }) => id);
}

beforeAll(async () => {
  workspace = await registerWorkspace();
});

describe('POST /v1/tickets', () => {
  it('should create the contact and a conversation with the description as first message', async () => {
    const email = `${randomUUID()}@example.com`;
    const ticket = await createTicket({
      subject: 'Bug report: Login issue',
      description: 'Users are unable to log in since the last update.',
      priority: 'high',
      contact: { email },
      tags: ['bug', 'login'],
    });
    expect(ticket).toMatchObject({ status: 'open', priority: 'high', contact: { email }, tags: ['bug', 'login'] });
    const { body } = await workspace.client.get<ListResponse<{ type: string; body: string }>>(
      `/v1/conversations/${ticket.conversation_id}/messages`,
    );
    expect(body.data).toMatchObject([{ type: 'comment', body: 'Users are unable to log in since the last update.' }]);
    expect(await get(`/v1/contacts/${ticket.contact.id}`)).toMatchObject({ ticket_count: 1, conversation_count: 1 });
  });

  it('should take the contact and the defaults of an existing conversation', async () => {
    const conversation = await post<Conversation>('/v1/conversations', {
      contact: { email: `${randomUUID()}@example.com` },
      priority: 'urgent',
      assignee_id: 'me',
    });
    const ticket = await post<Ticket>('/v1/tickets', { subject: 'Refund', conversation_id: conversation.id });
    expect(ticket).toMatchObject({
      conversation_id: conversation.id,
      contact: { id: conversation.contact.id },
      priority: 'urgent',
      assignee: { name: expect.any(String) as string },
    });
    await post(`/v1/tickets/${ticket.id}/resolve`);
    expect(await get(`/v1/conversations/${conversation.id}`)).toMatchObject({ status: 'open' });
  });

  it('should number the tickets of a workspace consecutively', async () => {
    const first = await createTicket();
    const second = await createTicket();
    expect(second.number).toBe(first.number + 1);
  });

  it.each([
    ['no contact and no conversation', { subject: 'a' }, 400, 'contact'],
    [
      'both a contact and a conversation',
      { subject: 'a', contact: { name: 'x' }, conversation_id: randomUUID() },
      400,
      'contact',
    ],
    ['an unknown conversation', { subject: 'a', conversation_id: randomUUID() }, 422, 'conversation_id'],
    ['an unknown type', { subject: 'a', contact: { name: 'x' }, type_id: randomUUID() }, 422, 'type_id'],
    ['a blank subject', { subject: ' ', contact: { name: 'x' } }, 400, 'subject'],
    ['a final status', { subject: 'a', contact: { name: 'x' }, status: 'closed' }, 400, 'status'],
  ])('should return an error that names the field for %s', async (_case, body, status, field) => {
    const error = getError(await workspace.client.post('/v1/tickets', body));
    expect(error.status).toBe(status);
    expect(JSON.stringify([error.details, error.message])).toContain(field);
  });

  it('should return 409 with the existing ticket when the external ID is used', async () => {
    const external_id = randomUUID();
    const { id } = await createTicket({ external_id });
    const error = getError(
      await workspace.client.post('/v1/tickets', { subject: 'a', contact: { name: 'x' }, external_id }),
    );
    expect(error).toMatchObject({ status: 409, details: { external_id, id } });
  });
});

describe('status of a ticket', () => {
  it('should be followed by the conversation that was created for it', async () => {
    const ticket = await createTicket();
    const status = async (): Promise<string> =>
      (await get<Conversation>(`/v1/conversations/${ticket.conversation_id}`)).status;
    const seen: string[] = [];
    for (const action of ['resolve', 'reopen', 'close', 'reopen']) {
      await post(`/v1/tickets/${ticket.id}/${action}`);
      seen.push(await status());
    }
    expect(seen).toEqual(['resolved', 'open', 'closed', 'open']);
    expect(await get(`/v1/tickets/${ticket.id}`)).toMatchObject({ status: 'open', resolved_at: null, reopen_count: 2 });
  });

  it('should become open when the contact writes to a pending or resolved ticket, but not to a closed one', async () => {
    const conversation = await post<Conversation>('/v1/conversations', { contact: { name: 'John' } });
    const tickets: Ticket[] = [];
    for (const status of ['pending', 'resolved', 'closed']) {
      const ticket = await post<Ticket>('/v1/tickets', { subject: status, conversation_id: conversation.id });
      tickets.push(ticket);
      await workspace.client.patch(`/v1/tickets/${ticket.id}`, { status });
    }
    await post(`/v1/conversations/${conversation.id}/messages`, { type: 'comment', body: 'Still broken' });
    await eventually(async () => {
      const statuses = await Promise.all(tickets.map(({ id }) => get<Ticket>(`/v1/tickets/${id}`)));
      return statuses.map(({ status }) => status).join() === 'open,open,closed';
    });
  });

  it('should not be reopened by replies and notes', async () => {
    const ticket = await createTicket();
    await workspace.client.patch(`/v1/tickets/${ticket.id}`, { status: 'pending' });
    for (const type of ['reply', 'note'])
      await post(`/v1/conversations/${ticket.conversation_id}/messages`, { type, body: 'Hello' });
    const marker = await createTicket();
    await workspace.client.patch(`/v1/tickets/${marker.id}`, { status: 'pending' });
    await post(`/v1/conversations/${marker.conversation_id}/messages`, { type: 'comment', body: 'Hello' });
    await eventually(async () => (await get<Ticket>(`/v1/tickets/${marker.id}`)).status === 'open');
    expect((await get<Ticket>(`/v1/tickets/${ticket.id}`)).status).toBe('pending');
  });

  it('should return 422 with the allowed statuses when the transition is not allowed', async () => {
    const ticket = await createTicket();
    await post(`/v1/tickets/${ticket.id}/close`);
    const error = getError(await workspace.client.patch(`/v1/tickets/${ticket.id}`, { status: 'pending' }));
    expect(error).toMatchObject({ status: 422, details: { from: 'closed', to: 'pending', allowed: ['open'] } });
  });
});

describe('PATCH /v1/tickets/{id}', () => {
  it('should emit one event with all changes and its special names as aliases', async () => {
    const ticket = await createTicket();
    const { body } = await workspace.client.patch<ItemResponse<Ticket>>(`/v1/tickets/${ticket.id}`, {
      status: 'resolved',
      priority: 'normal',
      assignee_id: 'me',
      tags: ['bug'],
    });
    expect(body.data).toMatchObject({ status: 'resolved', priority: 'normal', tags: ['bug'], version: 2 });
    const events = (await listEvents(workspace.client)).filter(({ subject_id }) => subject_id === ticket.id);
    expect(events.map(({ type }) => type)).toEqual(['ticket.created', 'ticket.updated']);
    expect(Object.keys((events[1]!.data as { changed: object }).changed).sort()).toEqual([
      'assignee_id',
      'status',
      'tags',
    ]);
  });

  it('should change nothing and emit nothing when the values are the same', async () => {
    const ticket = await createTicket({ tags: ['Bug'] });
    const { body } = await workspace.client.patch<ItemResponse<Ticket>>(`/v1/tickets/${ticket.id}`, {
      tags: ['bug'],
      subject: ticket.subject,
      status: 'open',
    });
    expect(body.data.version).toBe(ticket.version);
  });

  it('should return 412 with the current ticket when the version is old', async () => {
    const ticket = await createTicket();
    await workspace.client.patch(`/v1/tickets/${ticket.id}`, { subject: 'New' });
    const response = await workspace.client.patch(
      `/v1/tickets/${ticket.id}`,
      { subject: 'Other' },
      { 'if-match': '"1"' },
    );
    expect(getError(response)).toMatchObject({ status: 412, details: { current: { subject: 'New' } } });
  });
});

describe('GET /v1/tickets', () => {
  it('should filter by status, priority, assignee, type, tag, contact, conversation and text', async () => {
    const tag = randomUUID();
    const word = `w${randomUUID().slice(0, 8)}`;
    const ticket = await createTicket({ subject: `About ${word}`, priority: 'urgent', tags: [tag], assignee_id: 'me' });
    await createTicket({ tags: [tag] });
    const queries: Record<string, string>[] = [
      { tag, priority: 'urgent' },
      { tag, assignee: 'me' },
      { tag, status: 'open', contact: ticket.contact.id },
      { conversation: ticket.conversation_id },
      { q: word },
      { q: `#${ticket.number}` },
    ];
    for (const query of queries) expect(await listIds(query)).toEqual([ticket.id]);
    expect(await listIds({ tag, type: 'none' })).toHaveLength(2);
    expect(await listIds({ tag, status: 'closed' })).toEqual([]);
  });

  it('should sort by urgency', async () => {
    const tag = randomUUID();
    const ids: string[] = [];
    for (const priority of ['low', 'urgent', 'none', 'high'])
      ids.push((await createTicket({ priority, tags: [tag] })).id);
    const [low, urgent, none, high] = ids;
    expect(await listIds({ tag, order_by: 'priority' })).toEqual([urgent, high, low, none]);
  });
});

describe('ticket types', () => {
  async function defineField(): Promise<string> {
    const key = `order_${randomUUID().slice(0, 8)}`;
    await post('/v1/attribute-definitions', { applies_to: 'ticket', key, label: 'Order', type: 'text' });
    return key;
  }

  it('should set the defaults of new tickets', async () => {
    const team = await post<NamedRef>('/v1/teams', { name: randomUUID() });
    const type = await post<NamedRef>('/v1/ticket-types', {
      name: randomUUID(),
      default_priority: 'high',
      team_id: team.id,
    });
    expect(await createTicket({ type_id: type.id })).toMatchObject({
      type: { id: type.id, name: type.name },
      priority: 'high',
      team: { id: team.id },
    });
    expect(await createTicket({ type_id: type.id, priority: 'low', team_id: null })).toMatchObject({
      priority: 'low',
      team: null,
    });
  });

  it('should require the fields of the form when a ticket is created or its type or fields change', async () => {
    const key = await defineField();
    const type = await post<NamedRef>('/v1/ticket-types', { name: randomUUID(), form: [{ key, required: true }] });
    const body = { subject: 'Refund', contact: { name: 'John' }, type_id: type.id };
    for (const custom_fields of [{}, { [key]: ' ' }, { [key]: null }]) {
      const error = getError(await workspace.client.post('/v1/tickets', { ...body, custom_fields }));
      expect(error).toMatchObject({ status: 400 });
      expect(error.details).toHaveProperty([`custom_fields.${key}`]);
    }
    const ticket = await post<Ticket>('/v1/tickets', { ...body, custom_fields: { [key]: '4711' } });
    const path = `/v1/tickets/${ticket.id}`;
    expect((await workspace.client.patch(path, { custom_fields: { [key]: null } })).status).toBe(400);
    expect((await workspace.client.patch(path, { custom_fields: { [key]: null }, type_id: null })).status).toBe(200);
    expect((await workspace.client.patch(path, { type_id: type.id })).status).toBe(400);
  });

  it('should reject unknown and repeated fields in the form', async () => {
    const key = await defineField();
    const error = getError(
      await workspace.client.post('/v1/ticket-types', {
        name: randomUUID(),
        form: [
          { key, required: true },
          { key: 'nonsense', required: false },
          { key, required: false },
        ],
      }),
    );
    expect(error.status).toBe(400);
    expect(Object.keys(error.details)).toEqual(['form[1].key', 'form[2].key']);
  });

  it('should be removed from their tickets when they are deleted', async () => {
    const type = await post<NamedRef>('/v1/ticket-types', { name: randomUUID() });
    const ticket = await createTicket({ type_id: type.id });
    expect((await workspace.client.delete(`/v1/ticket-types/${type.id}`)).status).toBe(204);
    await eventually(async () => (await get<Ticket>(`/v1/tickets/${ticket.id}`)).type === null);
  });

  it('should show a deleted team as a problem and leave it out of new tickets', async () => {
    const team = await post<NamedRef>('/v1/teams', { name: randomUUID() });
    const type = await post<NamedRef>('/v1/ticket-types', { name: randomUUID(), team_id: team.id });
    const deletion = await workspace.client.delete<ItemResponse<{ references: { id: string }[] }>>(
      `/v1/teams/${team.id}`,
    );
    expect(deletion.body.data.references).toMatchObject([{ id: type.id }]);
    expect(await get(`/v1/ticket-types/${type.id}`)).toMatchObject({
      problems: [{ path: 'team_id', code: 'not_found' }],
    });
    expect(await createTicket({ type_id: type.id })).toMatchObject({ team: null });
  });

  it('should have unique names without regard to case', async () => {
    const name = `Refund ${randomUUID()}`;
    await post('/v1/ticket-types', { name });
    const error = getError(await workspace.client.post('/v1/ticket-types', { name: name.toUpperCase() }));
    expect(error.status).toBe(409);
  });
});

describe('custom statuses', () => {
  it('should set the status of their category and be cleared by another status', async () => {
    const status = await post<NamedRef>('/v1/ticket-statuses', { name: randomUUID(), category: 'pending' });
    const ticket = await createTicket();
    const path = `/v1/tickets/${ticket.id}`;
    const set = await workspace.client.patch<ItemResponse<Ticket>>(path, { custom_status_id: status.id });
    expect(set.body.data).toMatchObject({ status: 'pending', custom_status: { id: status.id } });
    expect(await listIds({ custom_status: status.id })).toEqual([ticket.id]);
    const opened = await workspace.client.patch<ItemResponse<Ticket>>(path, { status: 'open' });
    expect(opened.body.data).toMatchObject({ status: 'open', custom_status: null });
  });

  it('should return 400 when the status belongs to another category', async () => {
    const { id } = await post<NamedRef>('/v1/ticket-statuses', { name: randomUUID(), category: 'pending' });
    const ticket = await createTicket();
    const error = getError(
      await workspace.client.patch(`/v1/tickets/${ticket.id}`, { custom_status_id: id, status: 'open' }),
    );
    expect(error.status).toBe(400);
    expect(error.details).toHaveProperty(['custom_status_id']);
  });

  it('should be removed from their tickets when they are deleted', async () => {
    const { id } = await post<NamedRef>('/v1/ticket-statuses', { name: randomUUID(), category: 'open' });
    const ticket = await createTicket();
    await workspace.client.patch(`/v1/tickets/${ticket.id}`, { custom_status_id: id });
    await workspace.client.delete(`/v1/ticket-statuses/${id}`);
    await eventually(async () => (await get<Ticket>(`/v1/tickets/${ticket.id}`)).custom_status === null);
    expect((await get<Ticket>(`/v1/tickets/${ticket.id}`)).status).toBe('open');
  });
});

describe('tickets of other objects', () => {
  it('should be found by the search', async () => {
    const word = `x${randomUUID().slice(0, 8)}`;
    const ticket = await createTicket({ description: `The ${word} is broken` });
    const { body } = await workspace.client.get<{ data: { tickets: { id: string; highlight: string }[] } }>(
      '/v1/search',
      { q: word, type: 'ticket' },
    );
    expect(body.data.tickets).toMatchObject([{ id: ticket.id, highlight: expect.stringContaining(word) as string }]);
    const byNumber = await workspace.client.get<{ data: { tickets: { id: string }[] } }>('/v1/search', {
      q: `#${ticket.number}`,
      type: 'ticket',
    });
    expect(byNumber.body.data.tickets[0]!.id).toBe(ticket.id);
  });

  it('should move with a merged contact and return when the merge is undone', async () => {
    const ticket = await createTicket();
    const target = await post<NamedRef>('/v1/contacts', { email: `${randomUUID()}@example.com` });
    const merge = await post<{ id: string }>(`/v1/contacts/${target.id}/merge`, {
      contact_ids: [ticket.contact.id],
    });
    expect((await get<Ticket>(`/v1/tickets/${ticket.id}`)).contact.id).toBe(target.id);
    expect(await get(`/v1/contacts/${target.id}`)).toMatchObject({ ticket_count: 1 });
    await post(`/v1/contacts/merges/${merge.id}/undo`);
    expect((await get<Ticket>(`/v1/tickets/${ticket.id}`)).contact.id).toBe(ticket.contact.id);
    expect(await get(`/v1/contacts/${target.id}`)).toMatchObject({ ticket_count: 0 });
  });

  it('should move with a merged conversation and return when the merge is undone', async () => {
    const ticket = await createTicket();
    const target = await post<Conversation>('/v1/conversations', { contact: { name: 'John' } });
    const conversationId = async (): Promise<string> => (await get<Ticket>(`/v1/tickets/${ticket.id}`)).conversation_id;
    await post(`/v1/conversations/${ticket.conversation_id}/merge`, { into_id: target.id });
    await eventually(async () => (await conversationId()) === target.id);
    await post(`/v1/conversations/${ticket.conversation_id}/unmerge`);
    await eventually(async () => (await conversationId()) === ticket.conversation_id);
  });

  it('should be unassigned when their team is deleted', async () => {
    const team = await post<NamedRef>('/v1/teams', { name: randomUUID() });
    const ticket = await createTicket({ team_id: team.id });
    await workspace.client.delete(`/v1/teams/${team.id}`);
    await eventually(async () => (await get<Ticket>(`/v1/tickets/${ticket.id}`)).team === null);
  });
});

describe('tags of tickets', () => {
  it('should be counted and listed, and not be deleted while a ticket has them', async () => {
    const name = randomUUID();
    const find = async (): Promise<{ id: string; count: number; ticket_count: number } | undefined> =>
      (
        await workspace.client.get<ListResponse<{ id: string; count: number; ticket_count: number }>>('/v1/tags', {
          q: name,
        })
      ).body.data[0];
    const ticket = await createTicket({ tags: [name] });
    await eventually(async () => (await find())?.ticket_count === 1);
    const { id, count } = (await find())!;
    expect(count).toBe(0);
    expect(getError(await workspace.client.delete(`/v1/tags/${id}`)).status).toBe(409);
    await workspace.client.patch(`/v1/tickets/${ticket.id}`, { tags: [] });
    await eventually(async () => (await find())?.ticket_count === 0);
    expect((await workspace.client.delete(`/v1/tags/${id}`)).status).toBe(204);
  });
});

describe('access to tickets', () => {
  it('should be limited to the scope', async () => {
    const reader = await createApiKey(workspace, ['tickets:read']);
    expect((await reader.client.get('/v1/tickets')).status).toBe(200);
    expect((await reader.client.post('/v1/tickets', { subject: 'a', contact: { name: 'x' } })).status).toBe(403);
  });
});
