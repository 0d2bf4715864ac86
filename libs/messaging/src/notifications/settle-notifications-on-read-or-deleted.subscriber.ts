import { Injectable } from '@nestjs/common';
import { Subscribe, type RecordedEvent } from '@parley/kernel';
import { NotificationsService } from '@parley/teams';
import { ConversationRead, MessageDeleted, NoteDeleted, type ReadingFacts } from '../messaging.events.js';

/** Who has read a conversation need not be told of it any more, and what was taken back is told to nobody. */
@Injectable()
export class SettleNotifications {
  constructor(private readonly notifications: NotificationsService) {}

  @Subscribe([ConversationRead], { id: 'messaging.settle-notifications-on-conversation-read' })
  async settleRead({ workspaceId, subjectId, data }: RecordedEvent<ReadingFacts>): Promise<void> {
    if (data.reader === 'user')
      await this.notifications.readConversation(workspaceId, data.reader_id, subjectId, data.read_at);
  }

  @Subscribe([MessageDeleted, NoteDeleted], { id: 'messaging.settle-notifications-on-message-deleted' })
  async settleDeleted({ workspaceId, subjectId }: RecordedEvent): Promise<void> {
    await this.notifications.withdraw(workspaceId, subjectId);
  }
}
