import type { Actor } from '@parley/kernel';
import type { ConversationPatch, ConversationState } from '../conversations/conversation.view.js';
import { transition } from '../conversations/conversation-status.js';
import type { Author, MessageType } from './message.view.js';

/** What a message does to its conversation, apart from being its newest. */
export interface MessageEffects {
  readonly firstRepliedAt: string | null;
  readonly waitingSince: string | null;
  readonly unreadCount: number;
  readonly lastCustomerMessageAt: string | null;
  readonly lastAgentReplyAt: string | null;
  /** A change of status that the message brings: the customer's word reopens. */
  readonly patch: ConversationPatch;
}

/**
 * Weighs a message against the conversation it goes to.
 * - A comment makes the customer wait from then on, unless they wait already; it reopens what was resolved, snoozed or pending.
 * - A reply by a person answers everything before it. Replies of bots, rules and AI agents do not count as an answer.
 * - A note does neither.
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

/** Why nothing can be said in the conversation now, or null. Notes can always be written. */
export function findMessageObstacle(state: ConversationState, type: MessageType): string | null {
  return state.status === 'closed' && type !== 'note' ? 'The conversation is closed: reopen it first' : null;
}

/** Who stands under a message: the contact under comments, and whoever acts under everything else. */
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
