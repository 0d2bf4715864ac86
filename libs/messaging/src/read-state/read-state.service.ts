import { Injectable } from '@nestjs/common';
import { Clock, invalidInputError, notFoundError, sentence, THE_FIELD, unprocessableFieldError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import type { ConversationState } from '../conversations/conversation.view.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { ConversationRead, ConversationUnread, type ConversationReadEventData } from '../messaging.events.js';
import { ReadStateRepository } from './read-state.repository.js';
import type { Reader, ReadStateView, UnreadCounts } from './read-state.view.js';

/** Reader of a conversation: its contact, or a user. A null user id is a service key, which cannot read. */
export type ReaderInput = 'contact' | { readonly userId: string | null };

/** Read state of users and contacts. */
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
   * Marks everything up to a message, or up to now, as read. The read position only moves forward. Reading by one user
   * decreases the unread count of the conversation; replies read by the contact get the status `read`.
   * @throws DomainError NOT_FOUND, BAD_REQUEST for a service key, UNPROCESSABLE for a message that is not in the
   * conversation.
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
   * Marks a message, or the newest message of others, and all later messages as unread. For a user, this also increases
   * the unread count of the conversation.
   * @throws DomainError NOT_FOUND, BAD_REQUEST for a service key, UNPROCESSABLE for a message that is not in the
   * conversation.
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

  /** Returns the unread counts of a user. @throws DomainError BAD_REQUEST for a service key. */
  async getUnreadCounts(workspaceId: string, userId: string | null): Promise<UnreadCounts> {
    if (userId === null) throw invalidInputError('credential', sentence`${USER_REQUIRED_MESSAGE}`);
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
      throw invalidInputError('as', sentence`${USER_REQUIRED_MESSAGE}, or ${THE_FIELD}: contact`);
    return { conversation, reader: { kind: 'user', id: input.userId } };
  }

  private async getMessageTime(workspaceId: string, conversationId: string, messageId: string): Promise<string> {
    const message = await this.messages.find(workspaceId, messageId);
    if (message?.conversationId !== conversationId)
      throw unprocessableFieldError('messageId', 'No message with this ID exists in the conversation', messageId);
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

const USER_REQUIRED_MESSAGE = 'This endpoint requires a user credential';
