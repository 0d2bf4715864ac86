import { Module } from '@nestjs/common';
import { TeamsModule } from '@parley/teams';
import { ConversationRecordsModule } from '../conversations/conversation-records.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { ClearNotificationsOnReadOrDeletedSubscriber } from './clear-notifications-on-read-or-deleted.subscriber.js';
import { MoveNotificationsOnConversationUpdatedSubscriber } from './move-notifications-on-conversation-updated.subscriber.js';
import { NotificationRecipientsRepository } from './notification-recipients.repository.js';
import { NotifyOnConversationAssignedSubscriber } from './notify-on-conversation-assigned.subscriber.js';
import { NotifyOnConversationUnassignedSubscriber } from './notify-on-conversation-unassigned.subscriber.js';
import { NotifyOnMessageCreatedSubscriber } from './notify-on-message-created.subscriber.js';
import { NotifyOnScheduledMessageFailedSubscriber } from './notify-on-scheduled-message-failed.subscriber.js';

@Module({
  imports: [TeamsModule, ConversationRecordsModule, MessagesModule],
  providers: [
    ClearNotificationsOnReadOrDeletedSubscriber,
    MoveNotificationsOnConversationUpdatedSubscriber,
    NotificationRecipientsRepository,
    NotifyOnConversationAssignedSubscriber,
    NotifyOnConversationUnassignedSubscriber,
    NotifyOnMessageCreatedSubscriber,
    NotifyOnScheduledMessageFailedSubscriber,
  ],
})
export class ConversationNotificationsModule {}
