import { isOpen, type InboxView } from '@parley/teams';

/** What an inbox says of itself: hello, or that nobody is there. */
export type AutomaticKind = 'greeting' | 'away';

/** What was said in a conversation before a customer's message. */
export interface SaidBefore {
  /** Whether anything was. */
  readonly anything: boolean;
  /** When the customer was last told that nobody is there. */
  readonly lastAwayAt: string | null;
}

/** The customer is not told more often that nobody is there. */
const AWAY_EVERY_MS = 24 * 60 * 60 * 1000;

/** What an inbox answers of itself to a customer's message that came at that time; null is nothing. */
export function automaticAnswer(
  inbox: Pick<InboxView, 'greeting' | 'awayMessage' | 'businessHours'>,
  before: SaidBefore,
  at: Date,
): { kind: AutomaticKind; body: string } | null {
  const open = inbox.businessHours === null || isOpen(inbox.businessHours, at);
  if (open) return inbox.greeting !== null && !before.anything ? { kind: 'greeting', body: inbox.greeting } : null;
  const toldLately = before.lastAwayAt !== null && at.getTime() - Date.parse(before.lastAwayAt) < AWAY_EVERY_MS;
  return inbox.awayMessage !== null && !toldLately ? { kind: 'away', body: inbox.awayMessage } : null;
}
