import type { Actor } from '@parley/kernel';
import { buildConversationState } from '../conversations/conversation.samples.js';
import type { ConversationStatus } from '../conversations/conversation.view.js';
import { defaultAuthor, messageEffects, findMessageObstacle, statusEffects } from './message-effects.js';
import type { Author, MessageType } from './message.view.js';

const NOW = '2026-02-01T09:00:00.000Z';
const EARLIER = '2026-01-20T09:00:00.000Z';
const CUSTOMER: Author = { type: 'contact', id: 'c', name: 'John Doe' };
const AGENT: Author = { type: 'user', id: 'u', name: 'Sarah Chen' };

describe('messageEffects', () => {
  it('should set waitingSince at the first unanswered comment', () => {
    expect(
      messageEffects(buildConversationState({ waitingSince: null, unreadCount: 0 }), 'comment', CUSTOMER, NOW),
    ).toMatchObject({ waitingSince: NOW, unreadCount: 1, lastCustomerMessageAt: NOW });
    expect(
      messageEffects(buildConversationState({ waitingSince: EARLIER, unreadCount: 4 }), 'comment', CUSTOMER, NOW),
    ).toMatchObject({ waitingSince: EARLIER, unreadCount: 5 });
  });

  it('should clear waitingSince and unreadCount when a user replies', () => {
    const effects = messageEffects(
      buildConversationState({ waitingSince: EARLIER, unreadCount: 4 }),
      'reply',
      AGENT,
      NOW,
    );
    expect(effects).toMatchObject({
      waitingSince: null,
      unreadCount: 0,
      firstRepliedAt: NOW,
      lastAgentReplyAt: NOW,
    });
    expect(
      messageEffects(buildConversationState({ firstRepliedAt: EARLIER }), 'reply', AGENT, NOW).firstRepliedAt,
    ).toBe(EARLIER);
  });

  it.each<[MessageType, Author['type']]>([
    ['reply', 'bot'],
    ['reply', 'ai_agent'],
    ['reply', 'system'],
    ['note', 'user'],
    ['system', 'system'],
  ])('should not count a %s by a %s as an answer', (type, author) => {
    const state = buildConversationState({ waitingSince: EARLIER, unreadCount: 4 });
    expect(messageEffects(state, type, { ...AGENT, type: author }, NOW)).toEqual({
      waitingSince: EARLIER,
      unreadCount: 4,
      firstRepliedAt: null,
      lastCustomerMessageAt: state.lastCustomerMessageAt,
      lastAgentReplyAt: null,
    });
  });
});

describe('statusEffects', () => {
  it.each<[ConversationStatus, object]>([
    ['resolved', { status: 'open', reopenCount: 1, resolvedAt: null }],
    ['snoozed', { status: 'open', snoozedUntil: null }],
    ['pending', { status: 'open' }],
  ])('should open a %s conversation when the customer writes', (status, patch) => {
    expect(statusEffects(buildConversationState({ status }), 'comment', NOW)).toMatchObject(patch);
    expect(statusEffects(buildConversationState({ status }), 'reply', NOW)).toEqual({});
  });

  it.each<ConversationStatus>(['open', 'closed'])(
    'should not change the status %s when the customer writes',
    (status) => {
      expect(statusEffects(buildConversationState({ status }), 'comment', NOW)).toEqual({});
    },
  );
});

describe('findMessageObstacle', () => {
  it('should allow only notes when the conversation is closed', () => {
    const closed = buildConversationState({ status: 'closed' });
    expect((['comment', 'reply', 'note'] as const).map((type) => findMessageObstacle(closed, type) === null)).toEqual([
      false,
      false,
      true,
    ]);
    for (const status of ['open', 'pending', 'snoozed', 'resolved'] as const)
      expect(findMessageObstacle(buildConversationState({ status }), 'reply')).toBeNull();
  });
});

describe('defaultAuthor', () => {
  const contact = { id: 'c', name: 'John Doe' };

  it('should return the contact as the author of every comment', () => {
    for (const kind of ['user', 'api_key', 'system'] as const)
      expect(defaultAuthor('comment', { kind, id: 'x' }, contact, 'Sarah')).toEqual(CUSTOMER);
  });

  it.each<[Actor['kind'], Author]>([
    ['user', { type: 'user', id: 'x', name: 'Sarah' }],
    ['ai_agent', { type: 'ai_agent', id: 'x', name: 'Sarah' }],
    ['api_key', { type: 'bot', id: 'x', name: 'Sarah' }],
    ['automation', { type: 'bot', id: 'x', name: 'Sarah' }],
    ['system', { type: 'system', id: null, name: null }],
  ])('should return the actor as the author of a reply when its kind is %s', (kind, author) => {
    expect(defaultAuthor('reply', { kind, id: 'x' }, contact, 'Sarah')).toEqual(author);
  });
});
