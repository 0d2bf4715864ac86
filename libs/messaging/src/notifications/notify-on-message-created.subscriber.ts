import { Injectable } from '@nestjs/common';
import type { Actor } from '@parley/kernel';
import { Subscribe, type RecordedEvent } from '@parley/kernel/events';
import { NotificationsService, type NotificationRecipient } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { renderMentions } from '../messages/message-content.js';
import { MessagesService } from '../messages/messages.service.js';
import {
  MessageCreated,
  NoteCreated,
  NoteUpdated,
  type MentionEventData,
  type MessageEventData,
} from '../message.events.js';
import { MENTIONED } from './notification-kinds.js';
import { NotificationRecipientsRepository } from './notification-recipients.repository.js';
import { recipientsOf, excludeActor } from './notification-recipients.js';

/**
 * Notifies users of notes that mention them, and of customer messages in conversations that they are assigned to or
 * follow, if they can see the conversation. A reply by a user marks the earlier notifications of its author as read.
 */
@Injectable()
export class NotifyOnMessageCreatedSubscriber {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesService,
    private readonly recipients: NotificationRecipientsRepository,
    private readonly notifications: NotificationsService,
  ) {}

  @Subscribe([MessageCreated], { id: 'messaging.notify-on-message-created', batch: true })
  async notifyAudiences(events: readonly RecordedEvent<MessageEventData>[]): Promise<void> {
    // The first message is covered by the notification of the assignment or of the new conversation.
    const comments = events.filter(({ data }) => data.type === 'comment' && !data.is_first_message);
    if (comments.length > 0) await this.notifyOfComments(comments[0]!.workspaceId, comments);
    await this.markReadByAuthors(events.filter(({ data }) => data.type === 'reply' && data.author_type === 'user'));
  }

  private async notifyOfComments(
    workspaceId: string,
    comments: readonly RecordedEvent<MessageEventData>[],
  ): Promise<void> {
    const conversationIds = new Set(comments.map(({ data }) => data.conversation_id));
    const audiences = await this.recipients.listAudiences(workspaceId, [...conversationIds]);
    const drafts = comments.flatMap((event): NotificationDraft[] => {
      const audience = audiences.get(event.data.conversation_id);
      if (!audience) return [];
      const { inboxId, number } = audience;
      return [{ event, inboxId, recipients: recipientsOf(audience), title: `New message in conversation #${number}` }];
    });
    await this.notify(workspaceId, drafts);
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
    if (!conversation) return;
    const title = `You were mentioned in conversation #${conversation.number}`;
    await this.notify(workspaceId, [{ event, inboxId: conversation.inboxId, recipients, title }]);
  }

  /** Runs after the notifications of earlier comments are created, because events arrive in order. */
  private async markReadByAuthors(replies: readonly RecordedEvent<MessageEventData>[]): Promise<void> {
    const latest = new Map(replies.map((reply) => [`${reply.data.conversation_id} ${reply.data.author_id}`, reply]));
    for (const { workspaceId, data, occurredAt } of latest.values())
      await this.notifications.markConversationRead(workspaceId, data.author_id!, data.conversation_id, occurredAt);
  }

  private async notify(workspaceId: string, drafts: readonly NotificationDraft[]): Promise<void> {
    const addressed = drafts.filter(({ recipients }) => recipients.length > 0);
    if (addressed.length === 0) return;
    const messageIds = addressed.map(({ event }) => event.subjectId);
    const messages = await this.messages.findMany(workspaceId, messageIds);
    const inputs = addressed.flatMap(({ event, inboxId, recipients, title }) => {
      const message = messages.find(({ id }) => id === event.subjectId);
      if (!message || message.deletedAt !== null) return [];
      return [
        {
          recipients,
          eventId: event.id,
          conversationId: event.data.conversation_id,
          inboxId,
          messageId: event.subjectId,
          actor: notificationActor(event),
          title,
          body: renderMentions(message.body),
          occurredAt: message.createdAt,
        },
      ];
    });
    await this.notifications.notify(workspaceId, inputs);
  }
}

/** A notification without its body. */
interface NotificationDraft {
  readonly event: RecordedEvent<MessageEventData>;
  readonly inboxId: string | null;
  readonly recipients: readonly NotificationRecipient[];
  readonly title: string;
}

/** Returns the actor of the notification: the author of the message. For an edited note, the user who edited it. */
function notificationActor({ type, data, actor }: RecordedEvent<MessageEventData>): Actor {
  const { author_type: kind, author_id: id } = data;
  return type !== NoteUpdated.type && (kind === 'contact' || kind === 'user') ? { kind, id } : actor;
}
