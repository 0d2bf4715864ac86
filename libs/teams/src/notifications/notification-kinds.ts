/** What members can be told of. */
export const NOTIFICATION_KINDS = [
  'conversation_assigned',
  'conversation_created',
  'mentioned',
  'new_message',
  'participating_message',
  'sla',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Ways of telling them. */
export interface Channels {
  /** In the list of notifications. */
  readonly inApp: boolean;
  readonly email: boolean;
}

/** When mails go out: `immediate` within a minute or so, the others what has gathered since. */
export const DIGESTS = ['off', 'immediate', 'hourly', 'daily'] as const;
export type Digest = (typeof DIGESTS)[number];

/** What somebody wants to be told of, and how. */
export interface NotificationPreferences {
  readonly kinds: Readonly<Record<NotificationKind, Channels>>;
  readonly emailDigest: Digest;
}

/** Ways of telling those who have said nothing of a kind. */
export const DEFAULT_CHANNELS: Readonly<Record<NotificationKind, Channels>> = {
  conversation_assigned: { inApp: true, email: true },
  conversation_created: { inApp: false, email: false },
  mentioned: { inApp: true, email: true },
  new_message: { inApp: true, email: false },
  participating_message: { inApp: true, email: false },
  sla: { inApp: true, email: true },
};

/** What somebody has said so far. */
export type SaidChannels = Readonly<Partial<Record<NotificationKind, Partial<Channels>>>>;

/** The ways of telling somebody, by kind. */
export function channelsOf(said: SaidChannels): NotificationPreferences['kinds'] {
  return Object.fromEntries(
    NOTIFICATION_KINDS.map((kind) => [kind, { ...DEFAULT_CHANNELS[kind], ...said[kind] }]),
  ) as NotificationPreferences['kinds'];
}

/** What somebody has said, once they have said this too. */
export function saidToo(said: SaidChannels, more: SaidChannels): SaidChannels {
  const kinds = NOTIFICATION_KINDS.filter((kind) => said[kind] || more[kind]);
  return Object.fromEntries(kinds.map((kind) => [kind, { ...said[kind], ...more[kind] }]));
}
