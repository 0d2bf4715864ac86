import { mapValues } from 'es-toolkit';
import { EnumField, BooleanField, NestedField } from '@parley/kernel/http';
import {
  DIGEST_FREQUENCIES,
  observeNotificationKinds,
  type ChannelPreferences,
  type DigestFrequency,
  type NotificationChannels,
  type NotificationPreferences,
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

/** Notification channels by kind. Each kind adds a field. */
export class NotificationKindsDto {
  [kind: string]: NotificationChannelsDto;
}

/** Changes to the notification channels by kind. Omitted kinds keep their value. */
export class UpdateNotificationKindsDto {
  [kind: string]: UpdateNotificationChannelsDto | undefined;
}

observeNotificationKinds(({ name, description }) => {
  NestedField(() => NotificationChannelsDto, { description })(NotificationKindsDto.prototype, name);
  NestedField(() => UpdateNotificationChannelsDto, { description, optional: true })(
    UpdateNotificationKindsDto.prototype,
    name,
  );
});

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
    kinds: mapValues(kinds, toChannelsDto),
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
  const changes: ChannelPreferences = mapValues(kinds, (channels) => channels && toChannels(channels));
  return { kinds: changes, emailDigest };
}
