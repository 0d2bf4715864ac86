import { EnumField, BooleanField, NestedField } from '@parley/kernel/http';
import {
  DIGEST_FREQUENCIES,
  NOTIFICATION_KINDS,
  type NotificationChannels,
  type DigestFrequency,
  type NotificationKind,
  type NotificationPreferences,
  type ChannelPreferences,
} from '../notification-kinds.js';
import type { UpdateNotificationPreferencesInput } from '../notification-preferences.service.js';

const IN_APP_DESCRIPTION = 'Whether such things are in your list of notifications.';
const EMAIL_DESCRIPTION = 'Whether they are mailed to you, unless you have read them before.';
const DIGEST_DESCRIPTION =
  'When mails go out: `immediate` within a minute or so, `hourly` and `daily` what has gathered since, in one mail; `off` is never.';

/** Ways of being told. */
export class NotificationChannelsDto {
  @BooleanField({ description: IN_APP_DESCRIPTION })
  in_app: boolean;

  @BooleanField({ description: EMAIL_DESCRIPTION })
  email: boolean;
}

/** Ways of being told; what is left out stays. */
export class UpdateNotificationChannelsDto {
  @BooleanField({ description: IN_APP_DESCRIPTION, optional: true })
  in_app?: boolean;

  @BooleanField({ description: EMAIL_DESCRIPTION, optional: true })
  email?: boolean;
}

const KIND_DESCRIPTIONS: Readonly<Record<NotificationKind, string>> = {
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
  @NestedField(() => NotificationChannelsDto, { description: KIND_DESCRIPTIONS.conversation_assigned })
  conversation_assigned: NotificationChannelsDto;

  @NestedField(() => NotificationChannelsDto, { description: KIND_DESCRIPTIONS.conversation_created })
  conversation_created: NotificationChannelsDto;

  @NestedField(() => NotificationChannelsDto, { description: KIND_DESCRIPTIONS.mentioned })
  mentioned: NotificationChannelsDto;

  @NestedField(() => NotificationChannelsDto, { description: KIND_DESCRIPTIONS.new_message })
  new_message: NotificationChannelsDto;

  @NestedField(() => NotificationChannelsDto, { description: KIND_DESCRIPTIONS.participating_message })
  participating_message: NotificationChannelsDto;

  @NestedField(() => NotificationChannelsDto, { description: KIND_DESCRIPTIONS.sla })
  sla: NotificationChannelsDto;
}

/** Ways of being told, by kind; what is left out stays. */
export class UpdateNotificationKindsDto implements Partial<Record<NotificationKind, UpdateNotificationChannelsDto>> {
  @NestedField(() => UpdateNotificationChannelsDto, {
    description: KIND_DESCRIPTIONS.conversation_assigned,
    optional: true,
  })
  conversation_assigned?: UpdateNotificationChannelsDto;

  @NestedField(() => UpdateNotificationChannelsDto, {
    description: KIND_DESCRIPTIONS.conversation_created,
    optional: true,
  })
  conversation_created?: UpdateNotificationChannelsDto;

  @NestedField(() => UpdateNotificationChannelsDto, { description: KIND_DESCRIPTIONS.mentioned, optional: true })
  mentioned?: UpdateNotificationChannelsDto;

  @NestedField(() => UpdateNotificationChannelsDto, { description: KIND_DESCRIPTIONS.new_message, optional: true })
  new_message?: UpdateNotificationChannelsDto;

  @NestedField(() => UpdateNotificationChannelsDto, {
    description: KIND_DESCRIPTIONS.participating_message,
    optional: true,
  })
  participating_message?: UpdateNotificationChannelsDto;

  @NestedField(() => UpdateNotificationChannelsDto, { description: KIND_DESCRIPTIONS.sla, optional: true })
  sla?: UpdateNotificationChannelsDto;
}

/** How you want to be told of things. */
export class NotificationPreferencesDto {
  @NestedField(() => NotificationKindsDto, { description: 'By what ways, for each kind of thing.' })
  kinds: NotificationKindsDto;

  @EnumField(DIGEST_FREQUENCIES, { description: DIGEST_DESCRIPTION, example: 'immediate' })
  email_digest: DigestFrequency;
}

/** What to change about it; what is left out stays. */
export class UpdateNotificationPreferencesDto {
  @NestedField(() => UpdateNotificationKindsDto, {
    description: 'By what ways, for each kind of thing.',
    optional: true,
  })
  kinds?: UpdateNotificationKindsDto;

  @EnumField(DIGEST_FREQUENCIES, { description: DIGEST_DESCRIPTION, optional: true, example: 'hourly' })
  email_digest?: DigestFrequency;
}

/** Puts preferences on the wire. */
export function toNotificationPreferencesDto({
  kinds,
  emailDigest,
}: NotificationPreferences): NotificationPreferencesDto {
  const toChannelsDto = ({ inApp, email }: NotificationChannels): NotificationChannelsDto => ({ in_app: inApp, email });
  return {
    kinds: Object.fromEntries(
      NOTIFICATION_KINDS.map((kind) => [kind, toChannelsDto(kinds[kind])]),
    ) as unknown as NotificationKindsDto,
    email_digest: emailDigest,
  };
}

/** What to change, as the body says it. */
export function toUpdateNotificationPreferencesInput({
  kinds = {},
  email_digest: emailDigest,
}: UpdateNotificationPreferencesDto): UpdateNotificationPreferencesInput {
  const toChannels = ({ in_app: inApp, email }: UpdateNotificationChannelsDto): Partial<NotificationChannels> => ({
    ...(inApp !== undefined && { inApp }),
    ...(email !== undefined && { email }),
  });
  const givenKinds = NOTIFICATION_KINDS.filter((kind) => kinds[kind] !== undefined);
  return {
    kinds: Object.fromEntries(givenKinds.map((kind) => [kind, toChannels(kinds[kind]!)])) as ChannelPreferences,
    emailDigest,
  };
}
