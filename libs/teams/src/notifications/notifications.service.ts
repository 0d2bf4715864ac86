import { Injectable } from '@nestjs/common';
import { Clock, notFound, type Page, type PageRequest } from '@parley/kernel';
import type { Notice, NotificationView, Recipient } from './notification.view.js';
import { NotificationsRepository, type NotificationsFilter } from './notifications.repository.js';

const LONGEST_BODY = 200;

/** What members are told of. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly clock: Clock,
  ) {}

  /** Tells active members of something, by the ways that each wants to be told such things; nobody twice of one event. The body is cut to 200 characters. */
  async notify(workspaceId: string, recipients: readonly Recipient[], notice: Notice): Promise<void> {
    if (recipients.length === 0) return;
    await this.notifications.add(workspaceId, recipients, { ...notice, body: shortened(notice.body) });
  }

  /** What a user was told of a conversation up to then is read. */
  readConversation(workspaceId: string, userId: string, conversationId: string, upTo: string): Promise<void> {
    return this.notifications.readConversation(workspaceId, userId, conversationId, upTo);
  }

  /** Takes back what anybody was told of a message. */
  withdraw(workspaceId: string, messageId: string): Promise<void> {
    return this.notifications.withdraw(workspaceId, messageId);
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
  async mark(workspaceId: string, userId: string, id: string, as: 'read' | 'unread'): Promise<NotificationView> {
    if (as === 'read') await this.notifications.read(workspaceId, userId, id, this.clock.now());
    else await this.notifications.unread(workspaceId, userId, id);
    const notification = await this.notifications.find(workspaceId, userId, id);
    if (!notification) throw notFound('Notification');
    return notification;
  }

  /** Gives how many were unread. */
  readAll(workspaceId: string, userId: string): Promise<number> {
    return this.notifications.readAll(workspaceId, userId, this.clock.now());
  }

  /** @throws DomainError NOT_FOUND */
  async delete(workspaceId: string, userId: string, id: string): Promise<void> {
    if (!(await this.notifications.delete(workspaceId, userId, id))) throw notFound('Notification');
  }
}

function shortened(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const characters = [...flat];
  return characters.length > LONGEST_BODY ? `${characters.slice(0, LONGEST_BODY - 1).join('')}…` : flat;
}
