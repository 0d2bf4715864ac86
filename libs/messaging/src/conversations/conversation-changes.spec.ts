import { changeEvent, differences, eventNames } from './conversation-changes.js';
import { aConversation } from './conversation.samples.js';
import type { ConversationPatch, ConversationState } from './conversation.view.js';

const NOW = '2026-02-01T09:00:00.000Z';

function typeOf(state: Partial<ConversationState>, patch: ConversationPatch): string | null {
  const conversation = aConversation(state);
  const event = changeEvent(conversation, differences(conversation, patch).changed);
  return event && (event.constructor as unknown as { type: string }).type;
}

describe('differences', () => {
  it('should leave out what is the same, and what is not said', () => {
    const state = aConversation({ tags: ['a'], customFields: { plan: 'free' } });
    expect(
      differences(state, { tags: ['a'], customFields: { plan: 'free' }, subject: undefined, priority: 'high' }),
    ).toEqual({ changed: { priority: ['normal', 'high'] }, patch: { priority: 'high' } });
  });

  it('should tell null from what was there', () => {
    expect(differences(aConversation(), { subject: null }).changed).toEqual({ subject: ['Missing invoice', null] });
  });

  it('should write down when the status changed and not tell it twice', () => {
    expect(differences(aConversation(), { status: 'pending', statusChangedAt: NOW })).toEqual({
      changed: { status: ['open', 'pending'] },
      patch: { status: 'pending', statusChangedAt: NOW },
    });
  });
});

describe('changeEvent', () => {
  it.each<[string, Partial<ConversationState>, ConversationPatch]>([
    ['conversation.resolved', {}, { status: 'resolved', resolvedAt: NOW, waitingSince: null }],
    ['conversation.closed', { status: 'resolved' }, { status: 'closed', closedAt: NOW }],
    ['conversation.snoozed', {}, { status: 'snoozed', snoozedUntil: NOW }],
    ['conversation.snoozed', { status: 'snoozed' }, { snoozedUntil: NOW }],
    ['conversation.unsnoozed', { status: 'snoozed', snoozedUntil: NOW }, { status: 'open', snoozedUntil: null }],
    ['conversation.reopened', { status: 'resolved' }, { status: 'open', resolvedAt: null, reopenCount: 1 }],
    ['conversation.reopened', { status: 'closed' }, { status: 'open' }],
    ['conversation.status_changed', {}, { status: 'pending' }],
    ['conversation.status_changed', { status: 'pending' }, { status: 'open' }],
    ['conversation.assigned', {}, { assigneeId: 'a' }],
    ['conversation.assigned', { assigneeId: 'a' }, { assigneeId: 'b' }],
    ['conversation.unassigned', { assigneeId: 'a' }, { assigneeId: null }],
    ['conversation.team_assigned', { teamId: 'a' }, { teamId: null }],
    ['conversation.priority_changed', {}, { priority: 'urgent' }],
    ['conversation.tagged', { tags: ['a'] }, { tags: ['b'] }],
    ['conversation.untagged', { tags: ['a', 'b'] }, { tags: ['b'] }],
    ['conversation.updated', {}, { subject: 'Found' }],
    ['conversation.updated', {}, { priority: 'low', assigneeId: 'a' }],
  ])('should be %s where %j becomes %j', (type, state, patch) => {
    expect(typeOf(state, patch)).toBe(type);
  });

  it('should be none for what follows from messages, and for nothing', () => {
    expect(typeOf({}, { unreadCount: 5, waitingSince: null })).toBeNull();
    expect(typeOf({}, {})).toBeNull();
  });
});

describe('eventNames', () => {
  it('should answer to every kind of change within, and to conversation.updated', () => {
    const changed = { tags: [['a'], ['b']] as [unknown, unknown], priority: ['low', 'high'] as [unknown, unknown] };
    expect([...eventNames('conversation.updated', { changed })].sort()).toEqual([
      'conversation.priority_changed',
      'conversation.tagged',
      'conversation.updated',
    ]);
    expect(eventNames('conversation.tagged', { changed: { tags: [[], ['b']] } })).toEqual([
      'conversation.tagged',
      'conversation.updated',
    ]);
  });

  it('should leave events of anything else as they are', () => {
    expect(eventNames('conversation.created', {})).toEqual(['conversation.created']);
    expect(eventNames('contact.updated', { changed: { name: ['a', 'b'] } })).toEqual(['contact.updated']);
  });
});
