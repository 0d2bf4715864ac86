import type { BusinessHours } from './business-hours.js';

/** How customers who have been answered are asked what they think. */
export interface CsatSettings {
  readonly enabled: boolean;
  /** The question; null is asked in words of the channel's own. */
  readonly message: string | null;
  /** Seconds after resolving. */
  readonly delaySeconds: number;
}

/** How an inbox behaves. */
export interface InboxSettings {
  /** Said to whoever begins a conversation; null says nothing. */
  readonly greeting: string | null;
  /** Said to whoever writes outside business hours; null says nothing. */
  readonly awayMessage: string | null;
  /** Null is always open. */
  readonly businessHours: BusinessHours | null;
  readonly csat: CsatSettings;
}

/** A place where conversations arrive and are worked. */
export interface InboxView extends InboxSettings {
  readonly id: string;
  readonly name: string;
  /** What conversations in it come by, unless they say otherwise. */
  readonly channel: string;
  /** Gets what arrives. */
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly membersCount: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What can be set about an inbox. */
export interface UpdateInboxInput extends Partial<InboxSettings> {
  readonly name?: string;
  readonly channel?: string;
  readonly teamId?: string | null;
}

/** An inbox that nobody has set up. */
export const DEFAULT_INBOX_SETTINGS: InboxSettings = {
  greeting: null,
  awayMessage: null,
  businessHours: null,
  csat: { enabled: false, message: null, delaySeconds: 0 },
};
