import { pick } from 'es-toolkit';

import type { ConversationState } from '../conversations/conversation.view.js';

const LIFECYCLE_FIELDS = [
  'status',
  'statusChangedAt',
  'snoozedUntil',
  'resolvedAt',
  'closedAt',
  'reopenCount',
] as const;
const COUNTER_FIELDS = [
  'waitingSince',
  'firstRepliedAt',
  'lastActivityAt',
  'lastCustomerMessageAt',
  'lastAgentReplyAt',
  'messageCount',
  'unreadCount',
] as const;

/** Status of a conversation and the fields that follow from it. */
export type LifecycleFields = Pick<ConversationState, (typeof LIFECYCLE_FIELDS)[number]>;

/** Fields that follow from the messages of a conversation, without `lastMessage`: its text must not be stored twice. */
export type CounterFields = Pick<ConversationState, (typeof COUNTER_FIELDS)[number]>;

/** Fields of a conversation that a merge changes. */
export interface Snapshot {
  readonly lifecycle: LifecycleFields;
  readonly counters: CounterFields;
}

/** Data to undo a merge: both conversations before it, and the target after it. */
export interface ConversationMergeReceipt {
  readonly source: Snapshot;
  readonly target: { readonly before: Snapshot; readonly after: Snapshot };
}

/** Copies the fields that a merge changes. */
export function takeSnapshot(state: ConversationState): Snapshot {
  return { lifecycle: pick(state, LIFECYCLE_FIELDS), counters: pick(state, COUNTER_FIELDS) };
}

/**
 * Returns the reason why one conversation cannot be merged into another, or null. A conversation takes part in merges
 * as source or as target, not both, which excludes chains and cycles.
 */
export function findMergeObstacle(
  source: ConversationState,
  target: ConversationState,
  isMergeTarget: boolean,
): string | null {
  if (source.id === target.id) return 'A conversation cannot be merged into itself';
  if (source.mergedInto !== null) return 'The conversation is already merged into another conversation';
  if (target.mergedInto !== null) return 'The target conversation is itself merged into another conversation';
  if (isMergeTarget)
    return 'Other conversations are merged into this one. Undo those merges first, or merge in the other direction';
  return target.status === 'closed' ? 'The target conversation is closed. Reopen it first' : null;
}

/** Returns the status fields of a source after the merge. */
export function closeAsMerged(source: ConversationState, now: string): LifecycleFields {
  return {
    status: 'closed',
    statusChangedAt: source.status === 'closed' ? source.statusChangedAt : now,
    snoozedUntil: null,
    resolvedAt: source.resolvedAt ?? now,
    closedAt: source.closedAt ?? now,
    reopenCount: source.reopenCount,
  };
}

type Timestamps = readonly (string | null)[];

function earliest(timestamps: Timestamps): string | null {
  return timestamps.filter((timestamp) => timestamp !== null).sort()[0] ?? null;
}

function latest(timestamps: Timestamps): string | null {
  return (
    timestamps
      .filter((timestamp) => timestamp !== null)
      .sort()
      .at(-1) ?? null
  );
}

/** Combines the counters of both conversations. A reply in one does not answer a question in the other. */
export function mergeCounters(source: ConversationState, target: ConversationState): CounterFields {
  return {
    waitingSince: earliest([source.waitingSince, target.waitingSince]),
    firstRepliedAt: earliest([source.firstRepliedAt, target.firstRepliedAt]),
    lastActivityAt: latest([source.lastActivityAt, target.lastActivityAt])!,
    lastCustomerMessageAt: latest([source.lastCustomerMessageAt, target.lastCustomerMessageAt]),
    lastAgentReplyAt: latest([source.lastAgentReplyAt, target.lastAgentReplyAt]),
    messageCount: source.messageCount + target.messageCount,
    unreadCount: source.unreadCount + target.unreadCount,
  };
}

/** Returns the counters of a source without its messages. */
export function emptyCounters({ lastActivityAt }: ConversationState): CounterFields {
  return {
    waitingSince: null,
    firstRepliedAt: null,
    lastActivityAt,
    lastCustomerMessageAt: null,
    lastAgentReplyAt: null,
    messageCount: 0,
    unreadCount: 0,
  };
}

function isEqual<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key]);
}

/**
 * Returns the target's fields after an undo; null for a group of fields that changed since the merge and keeps its
 * current values.
 */
export function restoreTarget(
  current: Snapshot,
  { target: { before, after } }: ConversationMergeReceipt,
): { lifecycle: LifecycleFields | null; counters: CounterFields | null } {
  return {
    lifecycle: isEqual(current.lifecycle, after.lifecycle) ? before.lifecycle : null,
    counters: isEqual(current.counters, after.counters) ? before.counters : null,
  };
}
