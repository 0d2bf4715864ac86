import { isOpen, type InboxView } from '@parley/teams';

/** What an inbox says of itself: hello, or that nobody is there. */
export type AutoReplyKind = 'greeting' | 'away';

/** What was said in a conversation before a customer's message. */
export interface AutoReplyHistory {
  /** Whether anything was. */
  readonly anything: boolean;
  /** When the customer was last told that nobody is there. */
  readonly lastAwayAt: string | null;
}

/** The customer is not told more often that nobody is there. */
const AWAY_INTERVAL_MS = 24 * 60 * 60 * 1000;

/** What an inbox answers of itself to a customer's message that came at that time; null is nothing. */
export function resolveAutoReply(
  inbox: Pick<InboxView, 'greeting' | 'awayMessage' | 'businessHours'>,
  history: AutoReplyHistory,
  receivedAt: Date,
): { kind: AutoReplyKind; body: string } | null {
  const isInboxOpen = inbox.businessHours === null || isOpen(inbox.businessHours, receivedAt);
  if (isInboxOpen)
    return inbox.greeting !== null && !history.anything ? { kind: 'greeting', body: inbox.greeting } : null;
  const isSentRecently =
    history.lastAwayAt !== null && receivedAt.getTime() - Date.parse(history.lastAwayAt) < AWAY_INTERVAL_MS;
  return inbox.awayMessage !== null && !isSentRecently ? { kind: 'away', body: inbox.awayMessage } : null;
}
