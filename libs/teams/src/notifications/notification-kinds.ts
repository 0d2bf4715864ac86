/** Channels through which a notification is delivered. */
export interface NotificationChannels {
  /** Shown in the notification list. */
  readonly inApp: boolean;
  readonly email: boolean;
}

/** What the owner of a notification kind declares about it. */
export interface NotificationKindOptions {
  /** One sentence for the documentation: the event that causes these notifications. */
  readonly description: string;
  /** Channels for users without a preference. */
  readonly defaultChannels: NotificationChannels;
}

/** A kind of notifications. */
export interface NotificationKind extends NotificationKindOptions {
  readonly name: string;
}

/**
 * Frequency of notification mails. `immediate` is within about a minute; the others collect notifications into one
 * mail.
 */
export const DIGEST_FREQUENCIES = ['off', 'immediate', 'hourly', 'daily'] as const;
export type DigestFrequency = (typeof DIGEST_FREQUENCIES)[number];

/** Effective notification preferences of a user. */
export interface NotificationPreferences {
  /** Channels by the name of the kind. */
  readonly kinds: Readonly<Record<string, NotificationChannels>>;
  readonly emailDigest: DigestFrequency;
}

/** Preferences that a user has set, by the name of the kind. */
export type ChannelPreferences = Readonly<Partial<Record<string, Partial<NotificationChannels>>>>;

const kinds = new Map<string, NotificationKind>();
const names: string[] = [];
const observers: ((kind: NotificationKind) => void)[] = [];

/** Names of all kinds, sorted. Grows while the domains are loaded; do not copy it at import. */
export const NOTIFICATION_KIND_NAMES: readonly string[] = names;

/**
 * Defines a kind of notifications. Preferences, validation and the API documentation read this definition.
 * @throws Error if the kind is already defined. Each kind has one owner.
 */
export function defineNotificationKind(name: string, options: NotificationKindOptions): NotificationKind {
  if (kinds.has(name)) throw new Error(`The notification kind ${name} is defined twice`);
  const kind: NotificationKind = { ...options, name };
  kinds.set(name, kind);
  names.push(name);
  names.sort();
  for (const observe of observers) observe(kind);
  return kind;
}

/** Calls `observe` with every kind, including those that are defined later. */
export function observeNotificationKinds(observe: (kind: NotificationKind) => void): void {
  kinds.forEach(observe);
  observers.push(observe);
}

/** Merges the preferences of a user with the defaults. */
export function resolveChannels(preferences: ChannelPreferences): NotificationPreferences['kinds'] {
  return Object.fromEntries(names.map((name) => [name, { ...kinds.get(name)!.defaultChannels, ...preferences[name] }]));
}

/** Applies changes to the preferences of a user. */
export function mergeChannelPreferences(
  preferences: ChannelPreferences,
  changes: ChannelPreferences,
): ChannelPreferences {
  const changed = names.filter((name) => preferences[name] || changes[name]);
  return Object.fromEntries(changed.map((name) => [name, { ...preferences[name], ...changes[name] }]));
}
