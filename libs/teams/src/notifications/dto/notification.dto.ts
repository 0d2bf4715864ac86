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
import { NOTIFICATION_KIND_NAMES } from '../notification-kinds.js';
import type { NotificationView } from '../notification.view.js';
import { MAX_COUNTED_UNREAD } from '../notifications.repository.js';

export class NotificationDto {
  @UuidField({ description: 'ID of the notification.' })
  id: string;

  @EnumField(NOTIFICATION_KIND_NAMES, { description: 'Kind of the notification.' })
  kind: string;

  @StringField({
    description: 'Title of the notification, one line.',
    max: 500,
    example: 'You were assigned conversation #42',
  })
  title: string;

  @StringField({
    description: 'Start of the message or note, at most 200 characters.',
    max: 1600,
    example: 'My invoice is wrong',
  })
  body: string;

  @UuidField({ description: 'ID of the conversation; null if there is none.', nullable: true })
  conversation_id: string | null;

  @UuidField({ description: 'ID of the message or note; null if there is none.', nullable: true })
  message_id: string | null;

  @NestedField(() => ActorDto, { description: 'Actor that caused the notification.' })
  actor: ActorDto;

  @StringField({
    description: 'Name of the actor if it is a user; otherwise null.',
    nullable: true,
    example: 'Sarah Chen',
  })
  actor_name: string | null;

  @DateField({
    description: 'Time at which you read the notification; null if it is unread.',
    nullable: true,
    example: null,
  })
  read_at: string | null;

  @DateField({ description: 'Time of the event.' })
  created_at: string;
}

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

export class NotificationListQueryDto extends CreatedPageQueryDto {
  @BooleanQueryField({ description: 'True for unread notifications only, false for read ones.' })
  unread?: boolean;

  @ListQueryField({
    description: 'Only notifications of these kinds.',
    values: NOTIFICATION_KIND_NAMES,
  })
  kind?: string[];
}

export class UnreadNotificationsDto {
  @IntegerField({
    description: `Number of unread notifications. The count stops at ${MAX_COUNTED_UNREAD}.`,
    min: 0,
    max: MAX_COUNTED_UNREAD,
    example: 3,
  })
  unread: number;
}

export class ReadNotificationsDto {
  @IntegerField({ description: 'Number of notifications that were unread.', min: 0, example: 3 })
  read: number;
}
