import { Injectable } from '@nestjs/common';
import { Subscribe, type Actor, type RecordedEvent } from '@parley/kernel';
import { NotificationsService, type Recipient } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { MessageCreated, NoteCreated, NoteUpdated, type MentionFacts, type MessageFacts } from '../messaging.events.js';
import { HearingRepository } from './hearing.repository.js';
import { hearers, others, readable } from './notices.js';

/** Tells people of notes that mention them, and of what customers say in conversations that are theirs or that they follow. */
@Injectable()
export class NotifyOnMessageCreated {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly messages: MessagesService,
    private readonly hearing: HearingRepository,
    private readonly notifications: NotificationsService,
  ) {}

  @Subscribe([MessageCreated], { id: 'messaging.notify-on-message-created' })
  async tellHearers(event: RecordedEvent<MessageFacts>): Promise<void> {
    const { workspaceId, data } = event;
    // What a conversation begins with is told by its being assigned, or being new.
    if (data.type !== 'comment' || data.opens) return;
    const hearing = await this.hearing.find(workspaceId, data.conversation_id);
    if (hearing) await this.tell(event, hearers(hearing), `New message in conversation #${hearing.number}`);
  }

  @Subscribe([NoteCreated, NoteUpdated], { id: 'messaging.notify-on-mention' })
  async tellMentioned(event: RecordedEvent<MessageFacts & MentionFacts>): Promise<void> {
    const { workspaceId, data } = event;
    const recipients = others(data.mentions, tellerOf(event)).map((userId): Recipient => ({
      userId,
      kind: 'mentioned',
    }));
    const conversation =
      recipients.length === 0 ? null : await this.conversations.find(workspaceId, data.conversation_id);
    if (conversation) await this.tell(event, recipients, `You were mentioned in conversation #${conversation.number}`);
  }

  private async tell(
    event: RecordedEvent<MessageFacts>,
    recipients: readonly Recipient[],
    title: string,
  ): Promise<void> {
    const { workspaceId, subjectId, data, id: eventId } = event;
    const message = recipients.length === 0 ? null : await this.messages.find(workspaceId, subjectId);
    if (!message || message.deletedAt !== null) return;
    await this.notifications.notify(workspaceId, recipients, {
      eventId,
      conversationId: data.conversation_id,
      messageId: subjectId,
      actor: tellerOf(event),
      title,
      body: readable(message.body),
      at: message.createdAt,
    });
  }
}

/** Whose words are told: the author's, whoever brought them, but of a corrected note those of who corrected it. */
function tellerOf({ type, data, actor }: RecordedEvent<MessageFacts>): Actor {
  const { author_type: kind, author_id: id } = data;
  return type !== NoteUpdated.type && (kind === 'contact' || kind === 'user') ? { kind, id } : actor;
}
