import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { NotificationsService, ReferencedObjectsService, UsersService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { ScheduledMessageFailed } from '../message.events.js';
import { SCHEDULED_MESSAGE_FAILED } from './notification-kinds.js';

/** Notifies the author of a scheduled message that was not sent; owners and admins if the author is not active. */
@Injectable()
export class NotifyOnScheduledMessageFailedSubscriber {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly notifications: NotificationsService,
    private readonly users: UsersService,
    private readonly referencedObjects: ReferencedObjectsService,
  ) {}

  @Subscribe([ScheduledMessageFailed], { id: 'messaging.notify-on-scheduled-message-failed' })
  async notify(event: RecordedEvent<ScheduledMessageFailed['data']>): Promise<void> {
    const { workspaceId, id: eventId, actor, occurredAt, data } = event;
    const conversation = await this.conversations.find(workspaceId, data.conversation_id);
    if (!conversation) return;
    const author =
      data.author_id === null ? null : await this.referencedObjects.findActiveUser(workspaceId, data.author_id);
    const userIds = author ? [author.id] : await this.users.listAdminIds(workspaceId);
    await this.notifications.notify(workspaceId, [
      {
        recipients: userIds.map((userId) => ({ userId, kind: SCHEDULED_MESSAGE_FAILED })),
        eventId,
        conversationId: conversation.id,
        inboxId: conversation.inboxId,
        messageId: null,
        actor,
        title: `A scheduled message in conversation #${conversation.number} was not sent`,
        body: data.error,
        occurredAt,
      },
    ]);
  }
}
