import type { ConversationState } from './conversation.view.js';

/** Builds an open, unanswered conversation with the given fields. */
export function buildConversationState(fields: Partial<ConversationState> = {}): ConversationState {
  const timestamp = '2026-01-15T10:00:00.000Z';
  return {
    id: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c',
    number: 1,
    subject: 'Missing invoice',
    status: 'open',
    statusChangedAt: timestamp,
    priority: 'normal',
    channel: 'email',
    inboxId: null,
    contactId: '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3d',
    assigneeId: null,
    teamId: null,
    tags: [],
    customFields: {},
    metadata: {},
    snoozedUntil: null,
    waitingSince: timestamp,
    firstRepliedAt: null,
    lastActivityAt: timestamp,
    lastCustomerMessageAt: timestamp,
    lastAgentReplyAt: null,
    resolvedAt: null,
    closedAt: null,
    reopenCount: 0,
    messageCount: 1,
    unreadCount: 1,
    lastMessage: null,
    externalId: null,
    mergedInto: null,
    version: 1,
    createdAt: timestamp,
    updatedAt: timestamp,
    ...fields,
  };
}
