import type { ConversationView } from '@parley/messaging';
import type { RuleFacts } from './rule-subject.js';

const AT = '2026-01-15T12:00:00.000Z';
const ID = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c';

/** A conversation of John's with one comment, for tests; what is not said is made up. */
export function sampleFacts(conversation: Partial<ConversationView> = {}, event: Partial<RuleFacts['event']> = {}): RuleFacts {
  return {
    conversation: {
      id: ID, number: 7, subject: 'Missing invoice', status: 'open', statusChangedAt: AT, priority: 'normal', channel: 'email', inboxId: null, contactId: ID, assigneeId: null,
      teamId: null, tags: ['web'], customFields: {}, metadata: {}, snoozedUntil: null, waitingSince: AT, firstRepliedAt: null, lastActivityAt: AT, lastCustomerMessageAt: AT,
      lastAgentReplyAt: null, resolvedAt: null, closedAt: null, reopenCount: 0, messageCount: 1, unreadCount: 1, lastMessage: null, externalId: null, mergedInto: null, version: 1, createdAt: AT,
      updatedAt: AT, contact: { id: ID, name: 'John Doe', email: 'john@example.com' }, assignee: null, team: null, inbox: null, ...conversation,
    },
    contact: {
      id: ID, identifier: null, email: 'john@example.com', otherEmails: [], name: 'John Doe', phone: null, otherPhones: [], company: 'Acme Inc', companyId: null, avatarUrl: null, avatar: null, customFields: { plan: 'gold' }, tags: [],
      status: 'active', blocked: false, conversationCount: 1, ticketCount: 0, lastSeenAt: AT, version: 1, createdAt: AT, updatedAt: AT,
    },
    message: {
      id: ID, conversationId: ID, type: 'comment', body: 'Where is my invoice?', bodyHtml: null, contentType: 'text', contentAttributes: {},
      author: { type: 'contact', id: ID, name: 'John Doe' }, attachments: [], status: 'sent', statusError: null, externalId: null, inReplyTo: null, mentions: [], editedAt: null,
      deletedAt: null, version: 1, createdAt: AT, updatedAt: AT,
    },
    event: { type: 'message.created', actor: { kind: 'user', id: ID }, changed: {}, ...event },
    now: new Date(AT),
  };
}
