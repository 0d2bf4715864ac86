import { randomUUID } from 'node:crypto';
import { eventually } from '@parley/kernel/testing';
import { createTicket as createTicketOf } from '../factories/ticket.js';
import { getData, getError, registerWorkspace, type Workspace } from '../support/client.js';
import { listEvents } from '../support/event-log.js';
import type { ItemResponse, Ticket } from '../support/wire.js';

interface Link {
  readonly id: string;
  readonly type: string;
  readonly ticket: { readonly id: string };
}

let workspace: Workspace;

function createTicket(fields: object = {}): Promise<Ticket> {
  return createTicketOf(workspace.client, { ...fields });
}

async function getTicket(id: string): Promise<Ticket> {
  return getData(await workspace.client.get<ItemResponse<Ticket>>(`/v1/tickets/${id}`));
}

async function link(id: string, type: string, ticket_id: string): Promise<Link> {
  return getData(await workspace.client.post<ItemResponse<Link>>(`/v1/tickets/${id}/links`, { type, ticket_id }));
}

async function listLinks(id: string): Promise<(readonly [string, string])[]> {
  const { body } = await workspace.client.get<{ data: Link[] }>(`/v1/tickets/${id}/links`);
  return body.data.map(({ type, ticket }) => [type, ticket.id] as const);
}

async function failToLink(id: string, type: string, ticket_id: string): Promise<number> {
  return getError(await workspace.client.post(`/v1/tickets/${id}/links`, { type, ticket_id })).status;
}

beforeAll(async () => {
  workspace = await registerWorkspace();
});

describe('links of a ticket', () => {
  it.each([
    ['child_of', 'parent_of'],
    ['parent_of', 'child_of'],
    ['duplicate_of', 'duplicated_by'],
    ['duplicated_by', 'duplicate_of'],
    ['related_to', 'related_to'],
  ])('should be %s on one side and %s on the other', async (type, inverse) => {
    const [first, second] = [await createTicket(), await createTicket()];
    const created = await link(first.id, type, second.id);
    expect(created).toMatchObject({ type, ticket: { id: second.id } });
    expect(await listLinks(first.id)).toEqual([[type, second.id]]);
    expect(await listLinks(second.id)).toEqual([[inverse, first.id]]);
    expect(await failToLink(second.id, inverse, first.id)).toBe(409);
    const events = (await listEvents(workspace.client)).filter(({ type: name }) => name === 'ticket.linked').slice(-2);
    expect(events.map(({ subject_id, data }) => [subject_id, data])).toEqual([
      [first.id, expect.objectContaining({ link_type: type, linked_ticket_id: second.id })],
      [second.id, expect.objectContaining({ link_type: inverse, linked_ticket_id: first.id })],
    ]);
    expect((await workspace.client.delete(`/v1/tickets/${second.id}/links/${created.id}`)).status).toBe(204);
    expect(await listLinks(first.id)).toEqual([]);
    expect((await workspace.client.delete(`/v1/tickets/${second.id}/links/${created.id}`)).status).toBe(404);
  });

  it('should reject the ticket itself, an unknown ticket, a second parent and a circle', async () => {
    const [a, b, c, d] = [await createTicket(), await createTicket(), await createTicket(), await createTicket()];
    await link(a.id, 'child_of', b.id);
    await link(b.id, 'child_of', c.id);
    expect(await failToLink(a.id, 'related_to', a.id)).toBe(422);
    expect(await failToLink(a.id, 'related_to', randomUUID())).toBe(422);
    expect(await failToLink(a.id, 'child_of', d.id)).toBe(409);
    expect(await failToLink(c.id, 'child_of', a.id)).toBe(422);
    expect(await failToLink(a.id, 'parent_of', c.id)).toBe(422);
  });

  it('should not form a circle when two are created at the same time', async () => {
    const [a, b] = [await createTicket(), await createTicket()];
    const statuses = await Promise.all(
      [
        [a.id, b.id],
        [b.id, a.id],
      ].map(async ([id, ticket_id]) => {
        const { status } = await workspace.client.post(`/v1/tickets/${id}/links`, { type: 'child_of', ticket_id });
        return status;
      }),
    );
    expect(statuses.sort()).toEqual([201, 422]);
  });
});

describe('POST /v1/tickets/{id}/merge', () => {
  async function merge(id: string, into_id: string): Promise<Ticket> {
    return getData(await workspace.client.post<ItemResponse<Ticket>>(`/v1/tickets/${id}/merge`, { into_id }));
  }

  it('should close the source, merge the tags and the conversations, and be undone', async () => {
    const source = await createTicket({ tags: ['bug'], description: 'From the source' });
    const target = await createTicket({ tags: ['login'] });
    expect(await merge(source.id, target.id)).toMatchObject({ id: target.id, tags: ['login', 'bug'], status: 'open' });
    expect(await getTicket(source.id)).toMatchObject({ status: 'closed', merged_into: target.id });
    const messages = await workspace.client.get<{ data: { body: string }[] }>(
      `/v1/conversations/${target.conversation_id}/messages`,
    );
    expect(messages.body.data.map(({ body }) => body)).toContain('From the source');
    await eventually(async () => (await getTicket(source.id)).conversation_id === target.conversation_id);
    expect((await workspace.client.patch(`/v1/tickets/${source.id}`, { status: 'open' })).status).toBe(422);

    await workspace.client.post(`/v1/tickets/${source.id}/unmerge`);
    expect(await getTicket(source.id)).toMatchObject({ status: 'open', merged_into: null, resolved_at: null });
    expect(await getTicket(target.id)).toMatchObject({ tags: ['login'] });
    await eventually(async () => (await getTicket(source.id)).conversation_id === source.conversation_id);
    const types = (await listEvents(workspace.client))
      .filter(({ subject_id }) => subject_id === source.id)
      .map(({ type }) => type);
    expect(types).toEqual(['ticket.created', 'ticket.merged', 'ticket.updated', 'ticket.unmerged', 'ticket.updated']);
  });

  it('should leave a conversation that was not created for the ticket', async () => {
    const conversation = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>('/v1/conversations', { contact: { name: 'John' } }),
    );
    const source = getData(
      await workspace.client.post<ItemResponse<Ticket>>('/v1/tickets', {
        subject: 'Refund',
        conversation_id: conversation.id,
      }),
    );
    const target = await createTicket();
    await merge(source.id, target.id);
    expect(
      getData(await workspace.client.get<ItemResponse<{ status: string }>>(`/v1/conversations/${conversation.id}`)),
    ).toMatchObject({ status: 'open' });
  });

  it('should return 422 for tickets that cannot be merged', async () => {
    const [a, b, closed] = [await createTicket(), await createTicket(), await createTicket()];
    await workspace.client.post(`/v1/tickets/${closed.id}/close`);
    await merge(a.id, b.id);
    const cases = [
      [a.id, a.id],
      [a.id, b.id],
      [b.id, closed.id],
      [closed.id, a.id],
      [b.id, (await createTicket()).id],
      [b.id, randomUUID()],
      [b.id, (await createTicketOf((await registerWorkspace()).client)).id],
    ];
    for (const [id, into_id] of cases)
      expect(getError(await workspace.client.post(`/v1/tickets/${id}/merge`, { into_id })).status).toBe(422);
  });

  it('should happen once when two requests merge each ticket into the other at the same time', async () => {
    const [a, b] = [await createTicket(), await createTicket()];
    const results = await Promise.all([
      workspace.client.post(`/v1/tickets/${a.id}/merge`, { into_id: b.id }),
      workspace.client.post(`/v1/tickets/${b.id}/merge`, { into_id: a.id }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([200, 422]);
  });
});
