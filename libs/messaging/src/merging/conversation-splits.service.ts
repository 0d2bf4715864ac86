import { Injectable } from '@nestjs/common';
import { Clock, Events, newId, notFound, UnitOfWork, unprocessable } from '@parley/kernel';
import { ContactsService } from '@parley/identity';
import { createdFacts } from '../conversations/conversation-facts.js';
import type { ConversationState, ConversationView } from '../conversations/conversation.view.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { ConversationCreated, ConversationSplit } from '../messaging.events.js';
import { Participation } from '../participants/participation.service.js';
import { ThreadsRepository } from './threads.repository.js';

/** Makes two conversations of one. */
@Injectable()
export class ConversationSplits {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly threads: ThreadsRepository,
    private readonly participation: Participation,
    private readonly contacts: ContactsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves a message and everything after it into a new conversation with the same contact, team and assignee; gives that.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE for a message that is not in the conversation, or is its first.
   */
  split(workspaceId: string, id: string, messageId: string, subject?: string | null): Promise<ConversationView> {
    return this.unitOfWork.run(async () => {
      const source = await this.conversations.lock(workspaceId, id);
      if (!source) throw notFound('Conversation');
      const message = await this.messages.find(workspaceId, messageId);
      if (message?.conversationId !== id)
        throw unprocessable('There is no message with this id in the conversation', { message_id: messageId });
      if (await this.threads.isFirst(workspaceId, id, message))
        throw unprocessable('Nothing would be left before the first message', { message_id: messageId });
      await this.contacts.noteConversation(workspaceId, source.contactId);
      const now = this.clock.now().toISOString();
      const made = await this.conversations.add(workspaceId, {
        ...source,
        id: newId(),
        status: 'open',
        subject: subject === undefined ? source.subject : subject,
        externalId: null,
        createdAt: now,
      });
      const moved = await this.threads.moveFrom(workspaceId, id, made.id, message);
      await this.threads.recount(workspaceId, made.id);
      await this.threads.set(workspaceId, id, {}, now);
      await this.threads.recount(workspaceId, id);
      this.tell(source, made, messageId, moved);
      return (await this.conversations.find(workspaceId, made.id))!;
    });
  }

  private tell(source: ConversationState, made: ConversationState, messageId: string, moved: number): void {
    this.events.append(new ConversationCreated(made.id, { ...createdFacts(made, messageId), split_from: source.id }));
    if (made.assigneeId) this.participation.tell(made, [made.assigneeId], () => 'assigned');
    this.events.append(
      new ConversationSplit(source.id, { into_id: made.id, messages: moved, contact_id: source.contactId }),
    );
  }
}
