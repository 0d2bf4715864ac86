import { Injectable } from '@nestjs/common';
import { badRequestError, Clock, notFoundError, unprocessableError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { ConversationState } from '../conversations/conversation.view.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { ConversationRead, ConversationUnread, type ConversationReadEventData } from '../messaging.events.js';
import { ReadStateRepository } from './read-state.repository.js';
import type { Reader, ReadStateView, UnreadCounts } from './read-state.view.js';

/** Who is to have read a conversation: its contact, or a user; null is a program, which does not read. */
export type ReaderInput = 'contact' | { readonly userId: string | null };

/** How far people have read. */
@Injectable()
export class ReadStateService {
  constructor(
    private readonly readState: ReadStateRepository,
    private readonly conversations: ConversationsRepository,
    private readonly messages: MessagesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything up to a message, or to now, was read; what was read before stays so. What one user has read the team has read; replies that the contact has read get that status.
   * @throws DomainError NOT_FOUND, BAD_REQUEST for nobody, UNPROCESSABLE for a message that is not in the conversation.
   */
  markRead(
    workspaceId: string,
    conversationId: string,
    input: ReaderInput,
    messageId: string | null = null,
  ): Promise<ReadStateView> {
    return this.unitOfWork.run(async () => {
      const { conversation, reader } = await this.lockForReader(workspaceId, conversationId, input);
      const now = this.clock.now().toISOString();
      const readUpTo = messageId === null ? now : await this.getMessageTime(workspaceId, conversationId, messageId);
      const before = await this.readState.findReadAt(workspaceId, conversationId, reader);
      if (before === null || before < readUpTo) {
        await this.readState.setReadAt(workspaceId, conversationId, reader, readUpTo);
        const hasFewerUnread =
          reader.kind === 'user' &&
          (await this.readState.updateUnreadCount(workspaceId, conversationId, 'read', readUpTo, now));
        if (reader.kind === 'contact') await this.readState.markRepliesRead(workspaceId, conversationId, readUpTo, now);
        if (hasFewerUnread || before === null || before < conversation.lastActivityAt)
          this.events.append(
            new ConversationRead(conversationId, { ...readEventData(conversation, reader), read_at: readUpTo }),
          );
      }
      return this.buildView(workspaceId, conversationId, reader);
    });
  }

  /**
   * A message, or the newest of others, and what came after it are to be read again; by a user, also as the whole team counts.
   * @throws DomainError NOT_FOUND, BAD_REQUEST for nobody, UNPROCESSABLE for a message that is not in the conversation.
   */
  markUnread(
    workspaceId: string,
    conversationId: string,
    input: ReaderInput,
    messageId: string | null = null,
  ): Promise<ReadStateView> {
    return this.unitOfWork.run(async () => {
      const { conversation, reader } = await this.lockForReader(workspaceId, conversationId, input);
      const from =
        messageId === null
          ? await this.readState.findNewestFromOthers(workspaceId, conversationId, reader)
          : await this.getMessageTime(workspaceId, conversationId, messageId);
      const before = await this.readState.findReadAt(workspaceId, conversationId, reader);
      if (from !== null && before !== null && from <= before) {
        const readAt = new Date(Date.parse(from) - 1).toISOString();
        await this.readState.setReadAt(workspaceId, conversationId, reader, readAt);
        if (reader.kind === 'user')
          await this.readState.updateUnreadCount(
            workspaceId,
            conversationId,
            'unread',
            readAt,
            this.clock.now().toISOString(),
          );
        this.events.append(
          new ConversationUnread(conversationId, { ...readEventData(conversation, reader), read_at: readAt }),
        );
      }
      return this.buildView(workspaceId, conversationId, reader);
    });
  }

  /** What waits for a user to read it. @throws DomainError BAD_REQUEST for nobody */
  async getUnreadCounts(workspaceId: string, userId: string | null): Promise<UnreadCounts> {
    if (userId === null) throw badRequestError({ credential: [SERVICE_KEY_MESSAGE] });
    return this.readState.getUnreadCounts(workspaceId, userId);
  }

  private async lockForReader(
    workspaceId: string,
    conversationId: string,
    input: ReaderInput,
  ): Promise<{ conversation: ConversationState; reader: Reader }> {
    const conversation = await this.conversations.lock(workspaceId, conversationId);
    if (!conversation) throw notFoundError('Conversation');
    if (input === 'contact') return { conversation, reader: { kind: 'contact', id: conversation.contactId } };
    if (input.userId === null)
      throw badRequestError({ as: [`${SERVICE_KEY_MESSAGE}: say as contact, if it is the contact who reads`] });
    return { conversation, reader: { kind: 'user', id: input.userId } };
  }

  private async getMessageTime(workspaceId: string, conversationId: string, messageId: string): Promise<string> {
    const message = await this.messages.find(workspaceId, messageId);
    if (message?.conversationId !== conversationId)
      throw unprocessableError('There is no message with this id in the conversation', { message_id: messageId });
    return message.createdAt;
  }

  private async buildView(workspaceId: string, conversationId: string, reader: Reader): Promise<ReadStateView> {
    const readAt = await this.readState.findReadAt(workspaceId, conversationId, reader);
    return {
      conversationId,
      reader,
      readAt,
      unreadCount: await this.readState.countSince(workspaceId, conversationId, reader, readAt),
    };
  }
}

function readEventData({ contactId }: ConversationState, reader: Reader): Omit<ConversationReadEventData, 'read_at'> {
  return { reader: reader.kind, reader_id: reader.id, contact_id: contactId };
}

const SERVICE_KEY_MESSAGE = "this key is a service's, and nobody reads with it";
