import fc from 'fast-check';
import { buildConversationState } from './conversation.samples.js';
import { allowedStatuses, transition, type Initiator } from './conversation-status.js';
import {
  CONVERSATION_STATUSES,
  type ConversationPatch,
  type ConversationState,
  type ConversationStatus,
} from './conversation.view.js';

const NOW = '2026-02-01T09:00:00.000Z';
const UNTIL = '2026-03-01T09:00:00.000Z';

function patchOf(
  state: ConversationState,
  to: ConversationStatus,
  initiator: Initiator = 'team',
  until: string | null = null,
): ConversationPatch {
  const result = transition(state, to, initiator, NOW, until);
  if ('allowed' in result) throw new Error(`not allowed; allowed: ${result.allowed.join(', ')}`);
  return result.patch;
}

describe('allowedStatuses', () => {
  it.each<[ConversationStatus, Initiator, ConversationStatus[]]>([
    ['open', 'team', ['pending', 'snoozed', 'resolved', 'closed']],
    ['pending', 'team', ['open', 'snoozed', 'resolved', 'closed']],
    ['snoozed', 'team', ['open', 'pending', 'resolved', 'closed']],
    ['resolved', 'team', ['open', 'closed']],
    ['closed', 'team', ['open']],
    ['open', 'customer', []],
    ['pending', 'customer', ['open']],
    ['snoozed', 'customer', ['open']],
    ['resolved', 'customer', ['open']],
    ['closed', 'customer', []],
  ])(
    'should return the allowed statuses when a conversation is %s and the initiator is the %s: %j',
    (from, initiator, allowed) => {
      expect(allowedStatuses(from, initiator)).toEqual(allowed);
    },
  );
});

describe('transition', () => {
  it('should return the allowed statuses when a transition is not allowed', () => {
    expect(transition(buildConversationState({ status: 'closed' }), 'pending', 'team', NOW)).toEqual({
      allowed: ['open'],
    });
    expect(transition(buildConversationState({ status: 'closed' }), 'open', 'customer', NOW)).toEqual({ allowed: [] });
  });

  it('should clear waitingSince and unreadCount when a conversation is resolved', () => {
    expect(patchOf(buildConversationState(), 'resolved')).toEqual({
      status: 'resolved',
      statusChangedAt: NOW,
      resolvedAt: NOW,
      waitingSince: null,
      unreadCount: 0,
    });
  });

  it('should set resolvedAt when an unresolved conversation is closed', () => {
    expect(patchOf(buildConversationState(), 'closed')).toMatchObject({
      closedAt: NOW,
      resolvedAt: NOW,
      waitingSince: null,
      unreadCount: 0,
    });
    expect(
      patchOf(buildConversationState({ status: 'resolved', resolvedAt: '2026-01-20T00:00:00.000Z' }), 'closed'),
    ).not.toHaveProperty('resolvedAt');
  });

  it.each<ConversationStatus>(['resolved', 'closed'])(
    'should increment reopenCount when a %s conversation is opened',
    (status) => {
      const state = buildConversationState({ status, resolvedAt: NOW, closedAt: NOW, reopenCount: 2 });
      expect(patchOf(state, 'open')).toEqual({
        status: 'open',
        statusChangedAt: NOW,
        resolvedAt: null,
        closedAt: null,
        reopenCount: 3,
      });
    },
  );

  it('should clear snoozedUntil without incrementing reopenCount when a snooze ends', () => {
    expect(patchOf(buildConversationState({ status: 'snoozed', snoozedUntil: UNTIL }), 'open')).toEqual({
      status: 'open',
      statusChangedAt: NOW,
      snoozedUntil: null,
    });
  });

  it('should change only the end of a snooze when the status stays the same', () => {
    expect(patchOf(buildConversationState({ status: 'snoozed', snoozedUntil: NOW }), 'snoozed', 'team', UNTIL)).toEqual(
      {
        snoozedUntil: UNTIL,
      },
    );
    for (const status of ['open', 'pending', 'resolved', 'closed'] as const)
      expect(patchOf(buildConversationState({ status }), status)).toEqual({});
  });

  it('should keep times consistent with the status for every sequence of transitions', () => {
    const step = fc.record({
      to: fc.constantFrom(...CONVERSATION_STATUSES),
      initiator: fc.constantFrom<Initiator>('team', 'customer'),
      until: fc.constantFrom(null, UNTIL),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let state = buildConversationState();
        for (const { to, initiator, until } of steps) {
          const result = transition(state, to, initiator, NOW, until);
          if ('patch' in result) state = { ...state, ...result.patch };
          else expect(result.allowed).toEqual(allowedStatuses(state.status, initiator));
          expect(state.closedAt !== null).toBe(state.status === 'closed');
          expect(state.resolvedAt !== null).toBe(state.status === 'closed' || state.status === 'resolved');
          if (state.status !== 'snoozed') expect(state.snoozedUntil).toBeNull();
        }
      }),
    );
  });
});
