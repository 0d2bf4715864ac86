import { aConversation } from '../conversations/conversation.samples.js';
import { combined, mergedLife, mergeRefusal, snapshot, undoneTarget, type MergeReceipt } from './conversation-merge.js';

const NOW = '2026-02-01T09:00:00.000Z';
const source = aConversation({ id: 's' });
const target = aConversation({ id: 't' });

describe('mergeRefusal', () => {
  it('should let two live conversations become one', () => {
    expect(mergeRefusal(source, target, false)).toBeNull();
    expect(mergeRefusal(aConversation({ id: 's', status: 'closed' }), target, false)).toBeNull();
  });

  it.each([
    ['itself', target, target, false, /itself/],
    ['a second time', aConversation({ id: 's', mergedInto: 'x' }), target, false, /already/],
    ['into one that was merged', source, aConversation({ id: 't', mergedInto: 'x' }), false, /itself merged/],
    ['with others in it', source, target, true, /undo that first/],
    ['into a closed one', source, aConversation({ id: 't', status: 'closed' }), false, /closed/],
  ])('should refuse to merge %s', (_name, from, into, sourceIsTarget, reason) => {
    expect(mergeRefusal(from, into, sourceIsTarget)).toMatch(reason);
  });
});

it('should close the source, and keep when that was done before', () => {
  expect(mergedLife(aConversation({ status: 'snoozed', snoozedUntil: NOW, reopenCount: 2 }), NOW)).toEqual({
    status: 'closed',
    statusChangedAt: NOW,
    snoozedUntil: null,
    resolvedAt: NOW,
    closedAt: NOW,
    reopenCount: 2,
  });
  const earlier = '2026-01-20T00:00:00.000Z';
  expect(
    mergedLife(
      aConversation({ status: 'closed', statusChangedAt: earlier, resolvedAt: earlier, closedAt: earlier }),
      NOW,
    ),
  ).toMatchObject({ statusChangedAt: earlier, closedAt: earlier });
});

it('should add up what was said, and not take a reply in one for an answer in the other', () => {
  const [early, late] = ['2026-01-10T00:00:00.000Z', '2026-01-20T00:00:00.000Z'];
  const waits = aConversation({
    waitingSince: early,
    unreadCount: 2,
    messageCount: 2,
    lastActivityAt: early,
    firstRepliedAt: null,
  });
  const answered = aConversation({
    waitingSince: null,
    unreadCount: 0,
    messageCount: 3,
    lastActivityAt: late,
    firstRepliedAt: late,
    lastAgentReplyAt: late,
  });
  for (const [from, into] of [
    [waits, answered],
    [answered, waits],
  ] as const) {
    expect(combined(from, into)).toMatchObject({
      waitingSince: early,
      unreadCount: 2,
      messageCount: 5,
      lastActivityAt: late,
      firstRepliedAt: late,
      lastAgentReplyAt: late,
    });
  }
});

it('should give the target back as it was, where nothing else has happened since', () => {
  const [before, after] = [snapshot(target), snapshot({ ...target, messageCount: 3, unreadCount: 2 })];
  const receipt: MergeReceipt = { source: snapshot(source), target: { before, after } };
  expect(undoneTarget(after, receipt)).toEqual(before);
  expect(undoneTarget(snapshot({ ...target, messageCount: 4, unreadCount: 2 }), receipt)).toEqual({
    life: before.life,
    counts: null,
  });
  expect(undoneTarget(snapshot({ ...target, messageCount: 3, unreadCount: 2, status: 'pending' }), receipt)).toEqual({
    life: null,
    counts: before.counts,
  });
});
