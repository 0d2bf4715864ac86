import type { Actor } from '@parley/kernel';
import type { ConversationPatch, ConversationState } from '../conversations/conversation.view.js';
import { transition } from '../conversations/conversation-status.js';
import type { Author, MessageType } from './message.view.js';

/** Effects of a message on its conversation, other than `lastMessage`. */
export interface MessageEffects {
  readonly firstRepliedAt: string | null;
  readonly waitingSince: string | null;
  readonly unreadCount: number;
  readonly lastCustomerMessageAt: string | null;
  readonly lastAgentReplyAt: string | null;
  /** Change of status: a message from the customer reopens the conversation. */
  readonly patch: ConversationPatch;
}

/**
 * Computes the effects of a message on its conversation.
 * - A comment starts the customer's wait unless it has already started, and opens a resolved, snoozed or pending
 * conversation.
 * - A reply by a user answers all earlier comments. Replies of bots, rules and AI agents do not.
 * - A note has no effect.
 */
export function messageEffects(
  state: ConversationState,
  type: MessageType,
  author: Author,
  now: string,
): MessageEffects {
  const { firstRepliedAt, waitingSince, unreadCount, lastCustomerMessageAt, lastAgentReplyAt } = state;
  const unchanged = { firstRepliedAt, waitingSince, unreadCount, lastCustomerMessageAt, lastAgentReplyAt, patch: {} };
  if (type === 'comment') {
    const reopening = state.status === 'open' ? null : transition(state, 'open', 'customer', now);
    return {
      ...unchanged,
      waitingSince: waitingSince ?? now,
      unreadCount: unreadCount + 1,
      lastCustomerMessageAt: now,
      patch: reopening && 'patch' in reopening ? reopening.patch : {},
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
