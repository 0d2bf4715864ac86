import { Injectable } from '@nestjs/common';
import { Subscribe, type Changed, type RecordedEvent } from '@parley/kernel/events';
import { NotificationsService } from '@parley/teams';
import { ConversationUpdated, type ConversationChangeEventData } from '../messaging.events.js';

/** Copies the new inbox of a conversation to its notifications, because it determines who can see them. */
@Injectable()
export class MoveNotificationsOnConversationUpdatedSubscriber {
  constructor(private readonly notifications: NotificationsService) {}

  @Subscribe([ConversationUpdated], { id: 'messaging.move-notifications-on-conversation-updated' })
  async move({ workspaceId, subjectId, data }: RecordedEvent<ConversationChangeEventData>): Promise<void> {
    const { inbox_id: change } = data.changed as Changed;
    if (change) await this.notifications.moveConversation(workspaceId, subjectId, change[1] as string | null);
  }
}
