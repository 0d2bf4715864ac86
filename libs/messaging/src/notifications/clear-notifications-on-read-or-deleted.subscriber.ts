import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { NotificationsService } from '@parley/teams';
import { MessageDeleted, NoteDeleted } from '../message.events.js';
import { ConversationRead, type ConversationReadEventData } from '../messaging.events.js';

/** Marks notifications as read when the user reads the conversation, and deletes those of deleted messages. */
@Injectable()
export class ClearNotificationsOnReadOrDeletedSubscriber {
  constructor(private readonly notifications: NotificationsService) {}

  @Subscribe([ConversationRead], { id: 'messaging.clear-notifications-on-conversation-read' })
  async markRead({ workspaceId, subjectId, data }: RecordedEvent<ConversationReadEventData>): Promise<void> {
    if (data.reader === 'user')
      await this.notifications.markConversationRead(workspaceId, data.reader_id, subjectId, data.read_at);
  }

  @Subscribe([MessageDeleted, NoteDeleted], { id: 'messaging.clear-notifications-on-message-deleted' })
  async removeDeleted({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    await this.notifications.deleteForMessage(workspaceId, subjectId);
  }
}
