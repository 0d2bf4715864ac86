import type { Actor } from '@parley/kernel';
import type { NotificationKind } from './notification-kinds.js';

/** Notification of a member. */
export interface NotificationView {
  readonly id: string;
  /** Name of the kind. */
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly actor: Actor;
  /** Name of the actor if it is a user; otherwise null. */
  readonly actorName: string | null;
  /** ISO 8601, like all times here. */
  readonly readAt: string | null;
  readonly createdAt: string;
}

/** Content of a new notification. */
export interface CreateNotificationInput {
  readonly recipients: readonly NotificationRecipient[];
  /** Event that causes the notification. A member gets at most one notification per event. */
  readonly eventId: string;
  readonly conversationId: string | null;
  /** Inbox of the conversation. Recipients without access to it get no notification. */
  readonly inboxId: string | null;
  readonly messageId: string | null;
  readonly actor: Actor;
  readonly title: string;
  readonly body: string;
  /** Time of the event; ISO 8601. */
  readonly occurredAt: string;
}

/** Recipient and the kind of the notification for them. */
export interface NotificationRecipient {
  readonly userId: string;
  readonly kind: NotificationKind;
}
