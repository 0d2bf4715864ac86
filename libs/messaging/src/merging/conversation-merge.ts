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

/** Where a conversation stands in its life. */
export type LifecycleFields = Pick<ConversationState, (typeof LIFECYCLE_FIELDS)[number]>;

/** What its messages have made of a conversation; its newest message apart, whose words are not to be kept twice. */
export type CounterFields = Pick<ConversationState, (typeof COUNTER_FIELDS)[number]>;

/** What of a conversation a merge changes. */
export interface Snapshot {
  readonly lifecycle: LifecycleFields;
  readonly counters: CounterFields;
}

/** What is kept to undo a merge: both sides before it, and the target after it. */
export interface ConversationMergeReceipt {
  readonly source: Snapshot;
  readonly target: { readonly before: Snapshot; readonly after: Snapshot };
}

function pick<Key extends keyof ConversationState>(
  state: ConversationState,
  keys: readonly Key[],
): Pick<ConversationState, Key> {
  return Object.fromEntries(keys.map((key) => [key, state[key]])) as Pick<ConversationState, Key>;
}

/** What a merge would change of the conversation, as it is now. */
export function takeSnapshot(state: ConversationState): Snapshot {
  return { lifecycle: pick(state, LIFECYCLE_FIELDS), counters: pick(state, COUNTER_FIELDS) };
}

/** Why one conversation cannot be merged into another, or null. Merges make no chains, and so no circles. */
export function findMergeObstacle(
  source: ConversationState,
  target: ConversationState,
  isMergeTarget: boolean,
): string | null {
  if (source.id === target.id) return 'A conversation cannot be merged into itself';
  if (source.mergedInto !== null) return 'The conversation was merged into another already';
  if (target.mergedInto !== null) return 'The conversation to merge into was itself merged into another';
  if (isMergeTarget) return 'Others were merged into the conversation: undo that first, or merge the other way round';
  return target.status === 'closed' ? 'The conversation to merge into is closed: reopen it first' : null;
}

/** What becomes of the source: nothing is said in it any more. */
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

/** What the messages of both make of the target. A question in one is not answered by a reply in the other. */
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

/** What is left of a source without its messages. */
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

/** What undoing makes of the target; null where something else has happened since, and what is there now is what counts. */
export function restoreTarget(
  current: Snapshot,
  { target: { before, after } }: ConversationMergeReceipt,
): { lifecycle: LifecycleFields | null; counters: CounterFields | null } {
  return {
    lifecycle: isEqual(current.lifecycle, after.lifecycle) ? before.lifecycle : null,
    counters: isEqual(current.counters, after.counters) ? before.counters : null,
  };
}
