/** Kinds of notifications. */
export const NOTIFICATION_KINDS = [
  'conversation_assigned',
  'conversation_created',
  'mentioned',
  'new_message',
  'participating_message',
  'sla',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Channels through which a notification is delivered. */
export interface NotificationChannels {
  /** Shown in the notification list. */
  readonly inApp: boolean;
  readonly email: boolean;
}

/**
 * Frequency of notification mails. `immediate` is within about a minute; the others collect notifications into one
 * mail.
 */
export const DIGEST_FREQUENCIES = ['off', 'immediate', 'hourly', 'daily'] as const;
export type DigestFrequency = (typeof DIGEST_FREQUENCIES)[number];

/** Effective notification preferences of a user. */
export interface NotificationPreferences {
  readonly kinds: Readonly<Record<NotificationKind, NotificationChannels>>;
  readonly emailDigest: DigestFrequency;
}

/** Channels of the kinds for which a user has no preference. */
export const DEFAULT_CHANNELS: Readonly<Record<NotificationKind, NotificationChannels>> = {
  conversation_assigned: { inApp: true, email: true },
  conversation_created: { inApp: false, email: false },
  mentioned: { inApp: true, email: true },
  new_message: { inApp: true, email: false },
  participating_message: { inApp: true, email: false },
  sla: { inApp: true, email: true },
};

/** Preferences that a user has set. */
export type ChannelPreferences = Readonly<Partial<Record<NotificationKind, Partial<NotificationChannels>>>>;

/** Merges the preferences of a user with the defaults. */
export function resolveChannels(preferences: ChannelPreferences): NotificationPreferences['kinds'] {
  return Object.fromEntries(
    NOTIFICATION_KINDS.map((kind) => [kind, { ...DEFAULT_CHANNELS[kind], ...preferences[kind] }]),
  ) as NotificationPreferences['kinds'];
}

/** Applies changes to the preferences of a user. */
export function mergeChannelPreferences(
  preferences: ChannelPreferences,
  changes: ChannelPreferences,
): ChannelPreferences {
  const kinds = NOTIFICATION_KINDS.filter((kind) => preferences[kind] || changes[kind]);
  return Object.fromEntries(kinds.map((kind) => [kind, { ...preferences[kind], ...changes[kind] }]));
}
