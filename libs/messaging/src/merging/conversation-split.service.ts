import { Injectable } from '@nestjs/common';
import { Clock, newId, notFoundError, unprocessableFieldError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { ContactResolver } from '@parley/identity';
import type { ConversationView } from '../conversations/conversation.view.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { MergeSideEffectsService } from './merge-side-effects.service.js';
import { MergedMessagesRepository } from './merged-messages.repository.js';

/** Splits conversations. */
@Injectable()
export class ConversationSplitService {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly mergedMessages: MergedMessagesRepository,
    private readonly sideEffects: MergeSideEffectsService,
    private readonly contacts: ContactResolver,
    private readonly unitOfWork: UnitOfWork,
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
        throw unprocessableFieldError('messageId', 'No message with this ID exists in the conversation', messageId);
      if (await this.mergedMessages.isFirst(workspaceId, id, message))
        throw unprocessableFieldError('messageId', 'The first message cannot be split off', messageId);
      await this.contacts.recordConversationStarted(workspaceId, source.contactId);
      const now = this.clock.now().toISOString();
      const created = await this.conversations.add(workspaceId, {
        ...source,
        id: newId(),
        status: 'open',
        assigneeId: await this.sideEffects.findSplitAssignee(workspaceId, source),
        subject: subject === undefined ? source.subject : subject,
        externalId: null,
        createdAt: now,
      });
      const movedCount = await this.mergedMessages.moveFrom(workspaceId, id, created.id, message);
      await this.mergedMessages.recount(workspaceId, created.id);
      await this.mergedMessages.updateConversation(workspaceId, id, {}, now);
      await this.mergedMessages.recount(workspaceId, id);
      this.sideEffects.emitSplit(source, created, messageId, movedCount);
      return (await this.conversations.find(workspaceId, created.id))!;
    });
  }
}
