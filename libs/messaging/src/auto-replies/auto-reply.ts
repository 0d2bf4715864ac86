import { isOpen, type InboxView } from '@parley/teams';

/** Automatic replies of an inbox: the greeting for a new conversation, and the away message outside business hours. */
export type AutoReplyKind = 'greeting' | 'away';

/** State of a conversation before a customer message. */
export interface AutoReplyHistory {
  /** True if the conversation had any comment or reply. */
  readonly hasMessages: boolean;
  /** Time of the last away message in the conversation. */
  readonly lastAwayAt: string | null;
}

/** Minimum time between two away messages in a conversation. */
const AWAY_INTERVAL_MS = 24 * 60 * 60 * 1000;

/** Returns the automatic reply of an inbox to a customer message received at `receivedAt`, or null if there is none. */
export function resolveAutoReply(
  inbox: Pick<InboxView, 'greeting' | 'awayMessage' | 'businessHours'>,
  history: AutoReplyHistory,
  receivedAt: Date,
): { kind: AutoReplyKind; body: string } | null {
  const isInboxOpen = inbox.businessHours === null || isOpen(inbox.businessHours, receivedAt);
  if (isInboxOpen)
    return inbox.greeting !== null && !history.hasMessages ? { kind: 'greeting', body: inbox.greeting } : null;
  const isSentRecently =
    history.lastAwayAt !== null && receivedAt.getTime() - Date.parse(history.lastAwayAt) < AWAY_INTERVAL_MS;
  return inbox.awayMessage !== null && !isSentRecently ? { kind: 'away', body: inbox.awayMessage } : null;
}
