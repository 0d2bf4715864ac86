import { randomUUID } from 'node:crypto';
import { getData } from '../client.js';
import type { ItemResponse } from '../wire.js';
import { postedSample, type Sample, type Samples } from './sample.js';

const tag = postedSample('/v1/tags', () => ({ name: `billing-${randomUUID()}` }));
const automation = postedSample('/v1/automations', () => ({
  name: 'Tag everything',
  events: ['conversation.created'],
  enabled: false,
  actions: [{ type: 'add_tags', tags: ['seen'] }],
}));

const ticketType = postedSample('/v1/ticket-types', () => ({ name: `refund-${randomUUID()}` }));
const ticketStatus = postedSample('/v1/ticket-statuses', () => ({
  name: `waiting-${randomUUID()}`,
  category: 'pending',
}));
const ticket = postedSample('/v1/tickets', () => ({
  subject: 'Cannot access my account',
  contact: { email: `${randomUUID()}@example.com` },
}));

/** Ticket of each link that was created. */
const ticketOfLink = new Map<string, string>();
const ticketLink: Sample = {
  create: async (workspace) => {
    const [first, second] = [await ticket.create(workspace), await ticket.create(workspace)];
    const body = { type: 'related_to', ticket_id: second };
    const { id } = getData(
      await workspace.client.post<ItemResponse<{ id: string }>>(`/v1/tickets/${first}/links`, body),
    );
    ticketOfLink.set(id, first);
    return id;
  },
  read: async ({ client }, id) => {
    const { body } = await client.get<{ data: { id: string }[] }>(`/v1/tickets/${ticketOfLink.get(id)}/links`);
    return body.data.find((link) => link.id === id);
  },
  parentOf: (id) => ticketOfLink.get(id)!,
};

/** Samples of the workflow domain. */
export const WORKFLOW: Samples = {
  paths: {
    '/v1/automations/{id}': automation,
    '/v1/tags/{id}': tag,
    '/v1/ticket-statuses/{id}': ticketStatus,
    '/v1/ticket-types/{id}': ticketType,
    '/v1/tickets/{id}': ticket,
    '/v1/tickets/{id}/links/{link_id}': ticketLink,
  },
  fields: { automation_id: automation, custom_status_id: ticketStatus, ticket_id: ticket, type_id: ticketType },
};
