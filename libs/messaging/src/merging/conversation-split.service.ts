import { Injectable } from '@nestjs/common';
import { Clock, newId, notFoundError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { ContactsService } from '@parley/identity';
import { conversationCreatedData } from '../conversations/conversation-diff.js';
import type { ConversationState, ConversationView } from '../conversations/conversation.view.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { ConversationCreated, ConversationSplit } from '../messaging.events.js';
import { ParticipantsWriter } from '../participants/participants-writer.service.js';
import { MergedMessagesRepository } from './merged-messages.repository.js';

/** Splits conversations. */
@Injectable()
export class ConversationSplitService {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly mergedMessages: MergedMessagesRepository,
    private readonly participantsWriter: ParticipantsWriter,
    private readonly contacts: ContactsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Moves a message and all later messages to a new conversation with the same contact, team and assignee, and returns
   * it.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE for a message that is not in the conversation, or is its first.
   */
  split(workspaceId: string, id: string, messageId: string, subject?: string | null): Promise<ConversationView> {
    return this.unitOfWork.run(async () => {
      const source = await this.conversations.lock(workspaceId, id);
      if (!source) throw notFoundError('Conversation');
      const message = await this.messages.find(workspaceId, messageId);
      if (message?.conversationId !== id)
        throw unprocessableError('No message with this ID exists in the conversation', { message_id: messageId });
      if (await this.mergedMessages.isFirst(workspaceId, id, message))
        throw unprocessableError('The first message cannot be split off', { message_id: messageId });
      await this.contacts.recordConversationStarted(workspaceId, source.contactId);
      const now = this.clock.now().toISOString();
      const created = await this.conversations.add(workspaceId, {
        ...source,
        id: newId(),
        status: 'open',
        subject: subject === undefined ? source.subject : subject,
        externalId: null,
        createdAt: now,
      });
      const movedCount = await this.mergedMessages.moveFrom(workspaceId, id, created.id, message);
      await this.mergedMessages.recount(workspaceId, created.id);
      await this.mergedMessages.updateConversation(workspaceId, id, {}, now);
      await this.mergedMessages.recount(workspaceId, id);
      this.emitSplit(source, created, messageId, movedCount);
      return (await this.conversations.find(workspaceId, created.id))!;
    });
  }

  private emitSplit(
    source: ConversationState,
    created: ConversationState,
    messageId: string,
    movedCount: number,
  ): void {
    this.events.append(
      new ConversationCreated(created.id, { ...conversationCreatedData(created, messageId), split_from: source.id }),
    );
    if (created.assigneeId) this.participantsWriter.emitAdded(created, [created.assigneeId], () => 'assigned');
    this.events.append(
      new ConversationSplit(source.id, { into_id: created.id, messages: movedCount, contact_id: source.contactId }),
    );
  }
}
