import { ActorDto } from '@parley/kernel/events';
import {
  EnumField,
  UuidField,
  IntegerField,
  NestedField,
  BooleanQueryField,
  ListQueryField,
  StringField,
  DateField,
} from '@parley/kernel/http';
import { CreatedPageQueryDto } from '@parley/kernel/pagination';
import { NOTIFICATION_KINDS, type NotificationKind } from '../notification-kinds.js';
import type { NotificationView } from '../notification.view.js';
import { MAX_COUNTED_UNREAD } from '../notifications.repository.js';

/** Something that you were told of. */
export class NotificationDto {
  @UuidField({ description: 'Id of the notification.' })
  id: string;

  @EnumField(NOTIFICATION_KINDS, { description: 'What it is about.' })
  kind: NotificationKind;

  @StringField({ description: 'What happened, in one line.', max: 500, example: 'You were assigned conversation #42' })
  title: string;

  @StringField({
    description: 'The beginning of what was said, at most 200 characters.',
    max: 500,
    example: 'My invoice is wrong',
  })
  body: string;

  @UuidField({ description: 'The conversation; null when it is about none.', nullable: true })
  conversation_id: string | null;

  @UuidField({ description: 'The message or note; null when it is about none.', nullable: true })
  message_id: string | null;

  @NestedField(() => ActorDto, { description: 'Who did it.' })
  actor: ActorDto;

  @StringField({
    description: 'Name of the user who did it; null for anybody else.',
    nullable: true,
    example: 'Sarah Chen',
  })
  actor_name: string | null;

  @DateField({ description: 'When you read it; null while you have not.', nullable: true, example: null })
  read_at: string | null;

  @DateField({ description: 'When it happened.' })
  created_at: string;
}

/** Puts a notification on the wire. */
export function toNotificationDto(view: NotificationView): NotificationDto {
  return {
    id: view.id,
    kind: view.kind,
    title: view.title,
    body: view.body,
    conversation_id: view.conversationId,
    message_id: view.messageId,
    actor: { kind: view.actor.kind, id: view.actor.id },
    actor_name: view.actorName,
    read_at: view.readAt,
    created_at: view.createdAt,
  };
}

/** Which notifications to list. */
export class NotificationListQueryDto extends CreatedPageQueryDto {
  @BooleanQueryField({ description: 'Only those that are unread, or read.' })
  unread?: boolean;

  @ListQueryField({ description: 'Only these kinds.', values: NOTIFICATION_KINDS, example: 'mentioned' })
  kind?: string[];
}

/** How many notifications are unread. */
export class UnreadNotificationsDto {
  @IntegerField({
    description: `How many are unread; counting ends at ${MAX_COUNTED_UNREAD}.`,
    min: 0,
    max: MAX_COUNTED_UNREAD,
    example: 3,
  })
  unread: number;
}

/** What reading all came to. */
export class ReadNotificationsDto {
  @IntegerField({ description: 'How many were unread.', min: 0, example: 3 })
  read: number;
}
