import { Choice, Flag, Nested } from '@parley/kernel';
import {
  DIGESTS,
  NOTIFICATION_KINDS,
  type Channels,
  type Digest,
  type NotificationKind,
  type NotificationPreferences,
  type SaidChannels,
} from '../notification-kinds.js';
import type { PreferencesChange } from '../notification-preferences.service.js';

const IN_APP = 'Whether such things are in your list of notifications.';
const EMAIL = 'Whether they are mailed to you, unless you have read them before.';
const DIGEST =
  'When mails go out: `immediate` within a minute or so, `hourly` and `daily` what has gathered since, in one mail; `off` is never.';

/** Ways of being told. */
export class NotificationChannelsDto {
  @Flag({ description: IN_APP })
  in_app: boolean;

  @Flag({ description: EMAIL })
  email: boolean;
}

/** Ways of being told; what is left out stays. */
export class UpdateNotificationChannelsDto {
  @Flag({ description: IN_APP, optional: true })
  in_app?: boolean;

  @Flag({ description: EMAIL, optional: true })
  email?: boolean;
}

const ABOUT: Readonly<Record<NotificationKind, string>> = {
  conversation_assigned: 'A conversation was assigned to you by somebody else.',
  conversation_created:
    'A conversation began in one of your team inboxes, or for one of your teams where it is in no inbox.',
  mentioned: 'A note mentions you.',
  new_message: 'The customer wrote in a conversation that is assigned to you.',
  participating_message: 'The customer wrote in a conversation that you follow.',
  sla: 'A conversation that is assigned to you is about to break what was promised, or has.',
};

/** Ways of being told, by kind. */
export class NotificationKindsDto implements Record<NotificationKind, NotificationChannelsDto> {
  @Nested(() => NotificationChannelsDto, { description: ABOUT.conversation_assigned })
  conversation_assigned: NotificationChannelsDto;

  @Nested(() => NotificationChannelsDto, { description: ABOUT.conversation_created })
  conversation_created: NotificationChannelsDto;

  @Nested(() => NotificationChannelsDto, { description: ABOUT.mentioned })
  mentioned: NotificationChannelsDto;

  @Nested(() => NotificationChannelsDto, { description: ABOUT.new_message })
  new_message: NotificationChannelsDto;

  @Nested(() => NotificationChannelsDto, { description: ABOUT.participating_message })
  participating_message: NotificationChannelsDto;

  @Nested(() => NotificationChannelsDto, { description: ABOUT.sla })
  sla: NotificationChannelsDto;
}

/** Ways of being told, by kind; what is left out stays. */
export class UpdateNotificationKindsDto implements Partial<Record<NotificationKind, UpdateNotificationChannelsDto>> {
  @Nested(() => UpdateNotificationChannelsDto, { description: ABOUT.conversation_assigned, optional: true })
  conversation_assigned?: UpdateNotificationChannelsDto;

  @Nested(() => UpdateNotificationChannelsDto, { description: ABOUT.conversation_created, optional: true })
  conversation_created?: UpdateNotificationChannelsDto;

  @Nested(() => UpdateNotificationChannelsDto, { description: ABOUT.mentioned, optional: true })
  mentioned?: UpdateNotificationChannelsDto;

  @Nested(() => UpdateNotificationChannelsDto, { description: ABOUT.new_message, optional: true })
  new_message?: UpdateNotificationChannelsDto;

  @Nested(() => UpdateNotificationChannelsDto, { description: ABOUT.participating_message, optional: true })
  participating_message?: UpdateNotificationChannelsDto;

  @Nested(() => UpdateNotificationChannelsDto, { description: ABOUT.sla, optional: true })
  sla?: UpdateNotificationChannelsDto;
}

/** How you want to be told of things. */
export class NotificationPreferencesDto {
  @Nested(() => NotificationKindsDto, { description: 'By what ways, for each kind of thing.' })
  kinds: NotificationKindsDto;

  @Choice(DIGESTS, { description: DIGEST, example: 'immediate' })
  email_digest: Digest;
}

/** What to change about it; what is left out stays. */
export class UpdateNotificationPreferencesDto {
  @Nested(() => UpdateNotificationKindsDto, { description: 'By what ways, for each kind of thing.', optional: true })
  kinds?: UpdateNotificationKindsDto;

  @Choice(DIGESTS, { description: DIGEST, optional: true, example: 'hourly' })
  email_digest?: Digest;
}

/** Puts preferences on the wire. */
export function toNotificationPreferencesDto({
  kinds,
  emailDigest,
}: NotificationPreferences): NotificationPreferencesDto {
  const channels = ({ inApp, email }: Channels): NotificationChannelsDto => ({ in_app: inApp, email });
  return {
    kinds: Object.fromEntries(
      NOTIFICATION_KINDS.map((kind) => [kind, channels(kinds[kind])]),
    ) as unknown as NotificationKindsDto,
    email_digest: emailDigest,
  };
}

/** What to change, as the body says it. */
export function toPreferencesChange({
  kinds = {},
  email_digest: emailDigest,
}: UpdateNotificationPreferencesDto): PreferencesChange {
  const said = ({ in_app: inApp, email }: UpdateNotificationChannelsDto): Partial<Channels> => ({
    ...(inApp !== undefined && { inApp }),
    ...(email !== undefined && { email }),
  });
  const named = NOTIFICATION_KINDS.filter((kind) => kinds[kind] !== undefined);
  return { kinds: Object.fromEntries(named.map((kind) => [kind, said(kinds[kind]!)])) as SaidChannels, emailDigest };
}
