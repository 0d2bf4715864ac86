import type { BusinessHours } from './business-hours.js';
import type { InboxAccess } from './inbox-access-sql.js';

/** Behavior of an inbox. */
export interface InboxSettings {
  /** Sent to customers who start a conversation; null for none. */
  readonly greeting: string | null;
  /** Sent to customers who write outside business hours; null for none. */
  readonly awayMessage: string | null;
  /** Null if the inbox is always open. */
  readonly businessHours: BusinessHours | null;
}

/** Inbox that conversations arrive in. */
export interface InboxView extends InboxSettings {
  readonly id: string;
  readonly name: string;
  /** Default channel of conversations in the inbox. */
  readonly channel: string;
  /** Users who can see its conversations. */
  readonly access: InboxAccess;
  /** Team that new conversations are assigned to. */
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly membersCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Fields of an inbox that can be set. */
export interface UpdateInboxInput extends Partial<InboxSettings> {
  readonly name?: string;
  readonly channel?: string;
  readonly access?: InboxAccess;
  readonly teamId?: string | null;
}

/** Settings of a new inbox. */
export const DEFAULT_INBOX_SETTINGS: InboxSettings = {
  greeting: null,
  awayMessage: null,
  businessHours: null,
};
