import type { Changed } from '@parley/kernel/events';
import { buildChangeEvent, conversationEventTypes, diffConversation, eventAliases } from './conversation-diff.js';
import { buildConversationState } from './conversation.samples.js';
import type { ConversationPatch, ConversationState } from './conversation.view.js';

const NOW = '2026-02-01T09:00:00.000Z';

function eventTypeOf(state: Partial<ConversationState>, patch: ConversationPatch): string | null {
  const conversation = buildConversationState(state);
  const event = buildChangeEvent(conversation, diffConversation(conversation, patch).changed);
  return event && (event.constructor as unknown as { type: string }).type;
}

describe('diffConversation', () => {
  it('should omit fields that are equal or undefined', () => {
    const state = buildConversationState({ tags: ['a'], customFields: { plan: 'free' } });
    expect(
      diffConversation(state, { tags: ['a'], customFields: { plan: 'free' }, subject: undefined, priority: 'high' }),
    ).toEqual({ changed: { priority: ['normal', 'high'] }, patch: { priority: 'high' } });
  });

  it('should report a change when null replaces a value', () => {
    expect(diffConversation(buildConversationState(), { subject: null }).changed).toEqual({
      subject: ['Missing invoice', null],
    });
  });

  it('should write the time of a status change without reporting it as a change', () => {
    expect(diffConversation(buildConversationState(), { status: 'pending', statusChangedAt: NOW })).toEqual({
      changed: { status: ['open', 'pending'] },
      patch: { status: 'pending', statusChangedAt: NOW },
    });
  });
});

describe('buildChangeEvent', () => {
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
  ])('should create a %s event when %j changes by %j', (type, state, patch) => {
    expect(eventTypeOf(state, patch)).toBe(type);
  });

  it('should return null when nothing changed or only fields derived from messages changed', () => {
    expect(eventTypeOf({}, { unreadCount: 5, waitingSince: null })).toBeNull();
    expect(eventTypeOf({}, {})).toBeNull();
  });
});

describe('eventAliases', () => {
  it('should be every kind of change and conversation.updated, without the type itself', () => {
    const changed = { tags: [['a'], ['b']] as [unknown, unknown], priority: ['low', 'high'] as [unknown, unknown] };
    expect(eventAliases('conversation.updated', changed).sort()).toEqual([
      'conversation.priority_changed',
      'conversation.tagged',
    ]);
    expect(eventAliases('conversation.tagged', { tags: [[], ['b']] })).toEqual(['conversation.updated']);
  });

  it.each([
    ['conversation.resolved', ['open', 'resolved']],
    ['conversation.reopened', ['closed', 'open']],
    ['conversation.closed', ['open', 'closed']],
    ['conversation.snoozed', ['open', 'snoozed']],
    ['conversation.unsnoozed', ['snoozed', 'open']],
  ] as const)('should contain conversation.status_changed when the type is %s', (type, status) => {
    const changed: Changed = { status: [...status] };
    expect(eventAliases(type, changed)).toEqual(['conversation.updated', 'conversation.status_changed']);
    expect(conversationEventTypes(changed)).toEqual(['conversation.updated', type, 'conversation.status_changed']);
  });

  it('should not contain conversation.status_changed twice or for other changes', () => {
    expect(eventAliases('conversation.status_changed', { status: ['open', 'pending'] })).toEqual([
      'conversation.updated',
    ]);
    expect(eventAliases('conversation.snoozed', { snoozed_until: [null, NOW] })).toEqual(['conversation.updated']);
  });
});
