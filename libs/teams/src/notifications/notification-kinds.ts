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
export interface NotificationChannels {
  /** In the list of notifications. */
  readonly inApp: boolean;
  readonly email: boolean;
}

/** When mails go out: `immediate` within a minute or so, the others what has gathered since. */
export const DIGEST_FREQUENCIES = ['off', 'immediate', 'hourly', 'daily'] as const;
export type DigestFrequency = (typeof DIGEST_FREQUENCIES)[number];

/** What somebody wants to be told of, and how. */
export interface NotificationPreferences {
  readonly kinds: Readonly<Record<NotificationKind, NotificationChannels>>;
  readonly emailDigest: DigestFrequency;
}

/** Ways of telling those who have said nothing of a kind. */
export const DEFAULT_CHANNELS: Readonly<Record<NotificationKind, NotificationChannels>> = {
  conversation_assigned: { inApp: true, email: true },
  conversation_created: { inApp: false, email: false },
  mentioned: { inApp: true, email: true },
  new_message: { inApp: true, email: false },
  participating_message: { inApp: true, email: false },
  sla: { inApp: true, email: true },
};

/** What somebody has said so far. */
export type ChannelPreferences = Readonly<Partial<Record<NotificationKind, Partial<NotificationChannels>>>>;

/** The ways of telling somebody, by kind. */
export function resolveChannels(preferences: ChannelPreferences): NotificationPreferences['kinds'] {
  return Object.fromEntries(
    NOTIFICATION_KINDS.map((kind) => [kind, { ...DEFAULT_CHANNELS[kind], ...preferences[kind] }]),
  ) as NotificationPreferences['kinds'];
}

/** What somebody has said, once they have said this too. */
export function mergeChannelPreferences(
  preferences: ChannelPreferences,
  changes: ChannelPreferences,
): ChannelPreferences {
  const kinds = NOTIFICATION_KINDS.filter((kind) => preferences[kind] || changes[kind]);
  return Object.fromEntries(kinds.map((kind) => [kind, { ...preferences[kind], ...changes[kind] }]));
}
