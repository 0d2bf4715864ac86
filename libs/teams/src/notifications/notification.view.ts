import type { Actor } from '@parley/kernel';
import type { NotificationKind } from './notification-kinds.js';

/** Something that a member was told of. */
export interface NotificationView {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly actor: Actor;
  /** Name of the user who did it; null for anybody else. */
  readonly actorName: string | null;
  /** ISO 8601, as all times here. */
  readonly readAt: string | null;
  readonly createdAt: string;
}

/** Something to tell members of. */
export interface CreateNotificationInput {
  /** The event that it is told because of: nobody is told twice of one. */
  readonly eventId: string;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly actor: Actor;
  readonly title: string;
  readonly body: string;
  /** When it happened; ISO 8601. */
  readonly occurredAt: string;
}

/** Whom to tell, and as what. */
export interface NotificationRecipient {
  readonly userId: string;
  readonly kind: NotificationKind;
}
