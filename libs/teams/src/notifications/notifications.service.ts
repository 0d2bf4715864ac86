import { Injectable } from '@nestjs/common';
import { Clock, notFoundError } from '@parley/kernel';
import { truncateWithEllipsis } from '@parley/kernel/text';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import type { CreateNotificationInput, NotificationView } from './notification.view.js';
import { NotificationsRepository, type NotificationsFilter } from './notifications.repository.js';

const MAX_BODY_LENGTH = 200;

/** Notifications of members. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Notifies active members through the channels that each has chosen, at most once per event. Bodies are cut to 200
   * characters.
   */
  async notify(workspaceId: string, inputs: readonly CreateNotificationInput[]): Promise<void> {
    const addressed = inputs.filter(({ recipients }) => recipients.length > 0);
    if (addressed.length === 0) return;
    await this.notifications.add(
      workspaceId,
      addressed.map((input) => ({ ...input, body: truncateBody(input.body) })),
    );
  }

  /** Marks a user's notifications of a conversation as read, up to the given time. */
  markConversationRead(workspaceId: string, userId: string, conversationId: string, upTo: string): Promise<void> {
    return this.notifications.markConversationRead(workspaceId, userId, conversationId, upTo);
  }

  /** Stores the new inbox of a conversation in its notifications, which determines who can see them. */
  moveConversation(workspaceId: string, conversationId: string, inboxId: string | null): Promise<void> {
    return this.notifications.moveConversation(workspaceId, conversationId, inboxId);
  }

  /** Deletes all notifications of a message. */
  deleteForMessage(workspaceId: string, messageId: string): Promise<void> {
    return this.notifications.deleteForMessage(workspaceId, messageId);
  }

  list(
    workspaceId: string,
    userId: string,
    filter: NotificationsFilter,
    request: PageRequest,
  ): Promise<Page<NotificationView>> {
    return this.notifications.list(workspaceId, userId, filter, request);
  }

  countUnread(workspaceId: string, userId: string): Promise<number> {
    return this.notifications.countUnread(workspaceId, userId);
  }

  /** @throws DomainError NOT_FOUND */
  async mark(workspaceId: string, userId: string, id: string, state: 'read' | 'unread'): Promise<NotificationView> {
    if (state === 'read') await this.notifications.markRead(workspaceId, userId, id, this.clock.now());
    else await this.notifications.markUnread(workspaceId, userId, id);
    const notification = await this.notifications.find(workspaceId, userId, id);
    if (!notification) throw notFoundError('Notification');
    return notification;
  }

  /** Returns the number of notifications that were unread. */
  markAllRead(workspaceId: string, userId: string): Promise<number> {
    return this.notifications.markAllRead(workspaceId, userId, this.clock.now());
  }

  /** @throws DomainError NOT_FOUND */
  async delete(workspaceId: string, userId: string, id: string): Promise<void> {
    if (!(await this.notifications.delete(workspaceId, userId, id))) throw notFoundError('Notification');
  }
}

function truncateBody(text: string): string {
  return truncateWithEllipsis(text.replace(/\s+/g, ' ').trim(), MAX_BODY_LENGTH);
}
