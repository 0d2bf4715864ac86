import { randomUUID } from 'node:crypto';
import { postedSample, type Samples } from './sample.js';

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

/** Samples of the workflow domain. */
export const WORKFLOW: Samples = {
  paths: {
    '/v1/automations/{id}': automation,
    '/v1/tags/{id}': tag,
    '/v1/ticket-statuses/{id}': ticketStatus,
    '/v1/ticket-types/{id}': ticketType,
    '/v1/tickets/{id}': ticket,
  },
  fields: { automation_id: automation, custom_status_id: ticketStatus, type_id: ticketType },
};
