import type { ConversationState } from '../conversations/conversation.view.js';

const LIFE = ['status', 'statusChangedAt', 'snoozedUntil', 'resolvedAt', 'closedAt', 'reopenCount'] as const;
const COUNTS = [
  'waitingSince',
  'firstRepliedAt',
  'lastActivityAt',
  'lastCustomerMessageAt',
  'lastAgentReplyAt',
  'messageCount',
  'unreadCount',
] as const;

/** Where a conversation stands in its life. */
export type Life = Pick<ConversationState, (typeof LIFE)[number]>;

/** What its messages have made of a conversation; its newest message apart, whose words are not to be kept twice. */
export type Counts = Pick<ConversationState, (typeof COUNTS)[number]>;

/** What of a conversation a merge changes. */
export interface Snapshot {
  readonly life: Life;
  readonly counts: Counts;
}

/** What is kept to undo a merge: both sides before it, and the target after it. */
export interface MergeReceipt {
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
export function snapshot(state: ConversationState): Snapshot {
  return { life: pick(state, LIFE), counts: pick(state, COUNTS) };
}

/** Why one conversation cannot be merged into another, or null. Merges make no chains, and so no circles. */
export function mergeRefusal(
  source: ConversationState,
  target: ConversationState,
  sourceIsTarget: boolean,
): string | null {
  if (source.id === target.id) return 'A conversation cannot be merged into itself';
  if (source.mergedInto !== null) return 'The conversation was merged into another already';
  if (target.mergedInto !== null) return 'The conversation to merge into was itself merged into another';
  if (sourceIsTarget) return 'Others were merged into the conversation: undo that first, or merge the other way round';
  return target.status === 'closed' ? 'The conversation to merge into is closed: reopen it first' : null;
}

/** What becomes of the source: nothing is said in it any more. */
export function mergedLife(source: ConversationState, now: string): Life {
  return {
    status: 'closed',
    statusChangedAt: source.status === 'closed' ? source.statusChangedAt : now,
    snoozedUntil: null,
    resolvedAt: source.resolvedAt ?? now,
    closedAt: source.closedAt ?? now,
    reopenCount: source.reopenCount,
  };
}

type Times = readonly (string | null)[];

function first(times: Times): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}

function last(times: Times): string | null {
  return (
    times
      .filter((time) => time !== null)
      .sort()
      .at(-1) ?? null
  );
}

/** What the messages of both make of the target. A question in one is not answered by a reply in the other. */
export function combined(source: ConversationState, target: ConversationState): Counts {
  return {
    waitingSince: first([source.waitingSince, target.waitingSince]),
    firstRepliedAt: first([source.firstRepliedAt, target.firstRepliedAt]),
    lastActivityAt: last([source.lastActivityAt, target.lastActivityAt])!,
    lastCustomerMessageAt: last([source.lastCustomerMessageAt, target.lastCustomerMessageAt]),
    lastAgentReplyAt: last([source.lastAgentReplyAt, target.lastAgentReplyAt]),
    messageCount: source.messageCount + target.messageCount,
    unreadCount: source.unreadCount + target.unreadCount,
  };
}

/** What is left of a source without its messages. */
export function emptied({ lastActivityAt }: ConversationState): Counts {
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

function same<T extends object>(one: T, other: T): boolean {
  return (Object.keys(one) as (keyof T)[]).every((key) => one[key] === other[key]);
}

/** What undoing makes of the target; null where something else has happened since, and what is there now is what counts. */
export function undoneTarget(
  present: Snapshot,
  { target: { before, after } }: MergeReceipt,
): { life: Life | null; counts: Counts | null } {
  return {
    life: same(present.life, after.life) ? before.life : null,
    counts: same(present.counts, after.counts) ? before.counts : null,
  };
}
