import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { NotificationsService, type NotificationRecipient } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { MessagesService } from '../messages/messages.service.js';
import {
  MessageCreated,
  NoteCreated,
  NoteUpdated,
  type MentionEventData,
  type MessageEventData,
} from '../messaging.events.js';
import { MENTIONED } from './notification-kinds.js';
import { NotificationRecipientsRepository } from './notification-recipients.repository.js';
import { recipientsOf, excludeActor, renderMentions } from './notification-recipients.js';

/**
 * Notifies users of notes that mention them, and of customer messages in conversations that they are assigned to or
 * follow.
 */
@Injectable()
export class NotifyOnMessageCreatedSubscriber {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesService,
    private readonly recipients: NotificationRecipientsRepository,
    private readonly notifications: NotificationsService,
  ) {}

  @Subscribe([MessageCreated], { id: 'messaging.notify-on-message-created' })
  async notifyAudience(event: RecordedEvent<MessageEventData>): Promise<void> {
    const { workspaceId, data } = event;
    // The first message is covered by the notification of the assignment or of the new conversation.
    if (data.type !== 'comment' || data.is_first_message) return;
    const audience = await this.recipients.findAudience(workspaceId, data.conversation_id);
    if (audience) await this.notify(event, recipientsOf(audience), `New message in conversation #${audience.number}`);
  }

  @Subscribe([NoteCreated, NoteUpdated], { id: 'messaging.notify-on-mention' })
  async notifyMentioned(event: RecordedEvent<MessageEventData & MentionEventData>): Promise<void> {
    const { workspaceId, data } = event;
    const recipients = excludeActor(data.mentions, notificationActor(event)).map((userId): NotificationRecipient => ({
      userId,
      kind: MENTIONED,
    }));
    const conversation =
      recipients.length === 0 ? null : await this.conversations.find(workspaceId, data.conversation_id);
    if (conversation)
      await this.notify(event, recipients, `You were mentioned in conversation #${conversation.number}`);
  }

  private async notify(
    event: RecordedEvent<MessageEventData>,
    recipients: readonly NotificationRecipient[],
    title: string,
  ): Promise<void> {
    const { workspaceId, subjectId, data, id: eventId } = event;
    const message = recipients.length === 0 ? null : await this.messages.find(workspaceId, subjectId);
    if (!message || message.deletedAt !== null) return;
    await this.notifications.notify(workspaceId, recipients, {
      eventId,
      conversationId: data.conversation_id,
      messageId: subjectId,
      actor: notificationActor(event),
      title,
      body: renderMentions(message.body),
      occurredAt: message.createdAt,
    });
  }
}

/** Returns the actor of the notification: the author of the message. For an edited note, the user who edited it. */
function notificationActor({ type, data, actor }: RecordedEvent<MessageEventData>): Actor {
  const { author_type: kind, author_id: id } = data;
  return type !== NoteUpdated.type && (kind === 'contact' || kind === 'user') ? { kind, id } : actor;
}
