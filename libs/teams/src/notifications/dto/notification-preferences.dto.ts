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

const IN_APP_DESCRIPTION = 'If true, these notifications appear in your notification list.';
const EMAIL_DESCRIPTION = 'If true, these notifications are mailed to you, unless you read them first.';
const DIGEST_DESCRIPTION =
  'Frequency of notification mails. `immediate`: within about a minute. `hourly` and `daily`: one mail with all ' +
  'notifications since the last one. `off`: no mails.';

/** Channels of a notification kind. */
export class NotificationChannelsDto {
  @BooleanField({ description: IN_APP_DESCRIPTION })
  in_app: boolean;

  @BooleanField({ description: EMAIL_DESCRIPTION })
  email: boolean;
}

/** Changes to the channels of a notification kind. Omitted channels keep their value. */
export class UpdateNotificationChannelsDto {
  @BooleanField({ description: IN_APP_DESCRIPTION, optional: true })
  in_app?: boolean;

  @BooleanField({ description: EMAIL_DESCRIPTION, optional: true })
  email?: boolean;
}

const KIND_DESCRIPTIONS: Readonly<Record<NotificationKind, string>> = {
  conversation_assigned: 'Another user or a rule assigned a conversation to you.',
  conversation_created:
    'A conversation was created in one of your team inboxes, or for one of your teams if it has no inbox.',
  mentioned: 'A note mentions you.',
  new_message: 'The customer sent a message in a conversation that is assigned to you.',
  participating_message: 'The customer sent a message in a conversation that you follow.',
  sla: 'A conversation that is assigned to you is about to breach its SLA, or has breached it.',
};

/** Notification channels by kind. */
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

/** Changes to the notification channels by kind. Omitted kinds keep their value. */
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

/** Notification preferences of a user. */
export class NotificationPreferencesDto {
  @NestedField(() => NotificationKindsDto, { description: 'Channels by notification kind.' })
  kinds: NotificationKindsDto;

  @EnumField(DIGEST_FREQUENCIES, { description: DIGEST_DESCRIPTION, example: 'immediate' })
  email_digest: DigestFrequency;
}

export class UpdateNotificationPreferencesDto {
  @NestedField(() => UpdateNotificationKindsDto, {
    description: 'Channels by notification kind. Omitted kinds and channels keep their value.',
    optional: true,
  })
  kinds?: UpdateNotificationKindsDto;

  @EnumField(DIGEST_FREQUENCIES, { description: DIGEST_DESCRIPTION, optional: true, example: 'hourly' })
  email_digest?: DigestFrequency;
}

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
