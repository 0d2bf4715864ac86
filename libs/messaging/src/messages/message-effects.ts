import type { Actor } from '@parley/kernel';
import type { DomainEvent } from '@parley/kernel/events';
import type { ConversationPatch, ConversationState } from '../conversations/conversation.view.js';
import { transition } from '../conversations/conversation-status.js';
import { MessageCreated, NoteCreated, type MessageEventData } from '../message.events.js';
import { ConversationParticipantAdded } from '../messaging.events.js';
import type { Author, MessageType, MessageView } from './message.view.js';

/** Effects of a message on its conversation, other than on `lastMessage` and on the status. */
export interface MessageEffects {
  readonly firstRepliedAt: string | null;
  readonly waitingSince: string | null;
  readonly unreadCount: number;
  readonly lastCustomerMessageAt: string | null;
  readonly lastAgentReplyAt: string | null;
}

/**
 * Computes the effects of a message on its conversation.
 * - A comment starts the customer's wait unless it has already started.
 * - A reply by a user answers all earlier comments, and its author has read them. Replies of bots, rules and AI agents do not.
 * - A note has no effect.
 */
export function messageEffects(
  state: ConversationState,
  type: MessageType,
  author: Author,
  now: string,
): MessageEffects {
  const { firstRepliedAt, waitingSince, unreadCount, lastCustomerMessageAt, lastAgentReplyAt } = state;
  const unchanged = { firstRepliedAt, waitingSince, unreadCount, lastCustomerMessageAt, lastAgentReplyAt };
  if (type === 'comment') {
    return {
      ...unchanged,
      waitingSince: waitingSince ?? now,
      unreadCount: unreadCount + 1,
      lastCustomerMessageAt: now,
    };
  }
  if (type !== 'reply' || author.type !== 'user') return unchanged;
  return {
    ...unchanged,
    firstRepliedAt: firstRepliedAt ?? now,
    waitingSince: null,
    unreadCount: 0,
    lastAgentReplyAt: now,
  };
}

/** Returns the change of status by a message: a comment opens a resolved, snoozed or pending conversation. */
export function statusEffects(state: ConversationState, type: MessageType, now: string): ConversationPatch {
  if (type !== 'comment' || state.status === 'open') return {};
  const reopening = transition(state, 'open', 'customer', now);
  return 'patch' in reopening ? reopening.patch : {};
}

/** Returns the reason why no message of this type can be added now, or null. Notes are always allowed. */
export function findMessageObstacle(state: ConversationState, type: MessageType): string | null {
  return state.status === 'closed' && type !== 'note' ? 'The conversation is closed. Reopen it first' : null;
}

/** Returns the contact as the author of comments, and the actor as the author of other messages. */
export function defaultAuthor(
  type: MessageType,
  actor: Actor,
  contact: { id: string; name: string | null },
  actorName: string | null,
): Author {
  if (type === 'comment') return { type: 'contact', id: contact.id, name: contact.name };
  if (actor.kind === 'user') return { type: 'user', id: actor.id, name: actorName };
  if (actor.kind === 'ai_agent') return { type: 'ai_agent', id: actor.id, name: actorName };
  return actor.kind === 'system'
    ? { type: 'system', id: null, name: null }
    : { type: 'bot', id: actor.id, name: actorName };
}

/** Builds the common data of message events; `contactId` is the contact of the conversation. */
export function messageEventData(message: MessageView, contactId: string): MessageEventData {
  return {
    conversation_id: message.conversationId,
    contact_id: contactId,
    type: message.type,
    author_type: message.author.type,
    author_id: message.author.id,
  };
}

/** Builds the events of a new message and of the participants that it added. */
export function buildCreationEvents(
  { id: conversationId, contactId }: Pick<ConversationState, 'id' | 'contactId'>,
  message: MessageView,
  joinedIds: readonly string[],
  isFirst: boolean,
): DomainEvent[] {
  const { id, type, author, mentions } = message;
  const data = { ...messageEventData(message, contactId), ...(isFirst && { is_first_message: true as const }) };
  const created = type === 'note' ? new NoteCreated(id, { ...data, mentions }) : new MessageCreated(id, data);
  const ownReason = type === 'note' ? 'noted' : 'replied';
  const joined = joinedIds.map((userId) => {
    const reason = userId === author.id ? ownReason : 'mentioned';
    return new ConversationParticipantAdded(conversationId, { user_id: userId, reason, contact_id: contactId });
  });
  return [created, ...joined];
}
