import { buildConversationState } from '../conversations/conversation.samples.js';
import {
  mergeCounters,
  closeAsMerged,
  findMergeObstacle,
  takeSnapshot,
  restoreTarget,
  type ConversationMergeReceipt,
} from './conversation-merge.js';

const NOW = '2026-02-01T09:00:00.000Z';
const source = buildConversationState({ id: 's' });
const target = buildConversationState({ id: 't' });

describe('findMergeObstacle', () => {
  it('should allow a merge when both conversations are not merged and the target is not closed', () => {
    expect(findMergeObstacle(source, target, false)).toBeNull();
    expect(findMergeObstacle(buildConversationState({ id: 's', status: 'closed' }), target, false)).toBeNull();
  });

  it.each([
    ['into itself', target, target, false, /itself/],
    ['a merged conversation again', buildConversationState({ id: 's', mergedInto: 'x' }), target, false, /already/],
    [
      'into a merged conversation',
      source,
      buildConversationState({ id: 't', mergedInto: 'x' }),
      false,
      /itself merged/,
    ],
    ['of a conversation that others were merged into', source, target, true, /Undo those merges/],
    ['into a closed conversation', source, buildConversationState({ id: 't', status: 'closed' }), false, /closed/],
  ])('should return the obstacle when the merge is %s', (_name, from, into, sourceIsTarget, reason) => {
    expect(findMergeObstacle(from, into, sourceIsTarget)).toMatch(reason);
  });
});

it('should close the source and keep its times when it is already closed', () => {
  expect(closeAsMerged(buildConversationState({ status: 'snoozed', snoozedUntil: NOW, reopenCount: 2 }), NOW)).toEqual({
    status: 'closed',
    statusChangedAt: NOW,
    snoozedUntil: null,
    resolvedAt: NOW,
    closedAt: NOW,
    reopenCount: 2,
  });
  const earlier = '2026-01-20T00:00:00.000Z';
  expect(
    closeAsMerged(
      buildConversationState({ status: 'closed', statusChangedAt: earlier, resolvedAt: earlier, closedAt: earlier }),
      NOW,
    ),
  ).toMatchObject({ statusChangedAt: earlier, closedAt: earlier });
});

it('should add up the counters and keep the customer waiting when only the other conversation was answered', () => {
  const [early, late] = ['2026-01-10T00:00:00.000Z', '2026-01-20T00:00:00.000Z'];
  const waiting = buildConversationState({
    waitingSince: early,
    unreadCount: 2,
    messageCount: 2,
    lastActivityAt: early,
    firstRepliedAt: null,
  });
  const answered = buildConversationState({
    waitingSince: null,
    unreadCount: 0,
    messageCount: 3,
    lastActivityAt: late,
    firstRepliedAt: late,
    lastAgentReplyAt: late,
  });
  for (const [from, into] of [
    [waiting, answered],
    [answered, waiting],
  ] as const) {
    expect(mergeCounters(from, into)).toMatchObject({
      waitingSince: early,
      unreadCount: 2,
      messageCount: 5,
      lastActivityAt: late,
      firstRepliedAt: late,
      lastAgentReplyAt: late,
    });
  }
});

it('should restore only the parts of the target that have not changed since the merge', () => {
  const [before, after] = [takeSnapshot(target), takeSnapshot({ ...target, messageCount: 3, unreadCount: 2 })];
  const receipt: ConversationMergeReceipt = { source: takeSnapshot(source), target: { before, after } };
  expect(restoreTarget(after, receipt)).toEqual(before);
  expect(restoreTarget(takeSnapshot({ ...target, messageCount: 4, unreadCount: 2 }), receipt)).toEqual({
    lifecycle: before.lifecycle,
    counters: null,
  });
  expect(
    restoreTarget(takeSnapshot({ ...target, messageCount: 3, unreadCount: 2, status: 'pending' }), receipt),
  ).toEqual({
    lifecycle: null,
    counters: before.counters,
  });
});
