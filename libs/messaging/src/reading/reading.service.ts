import { Injectable } from '@nestjs/common';
import { badRequest, Clock, Events, notFound, UnitOfWork, unprocessable } from '@parley/kernel';
import type { ConversationState } from '../conversations/conversation.view.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { MessagesRepository } from '../messages/messages.repository.js';
import { ConversationRead, ConversationUnread, type ReadingFacts } from '../messaging.events.js';
import { ReadingRepository } from './reading.repository.js';
import type { Reader, ReadingView, UnreadCounts } from './reading.view.js';

/** Who is to have read a conversation: its contact, or a user; null is a program, which does not read. */
export type WantedReader = 'contact' | { readonly userId: string | null };

/** How far people have read. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly reading: ReadingRepository,
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
  read(
    workspaceId: string,
    conversationId: string,
    wanted: WantedReader,
    messageId: string | null = null,
  ): Promise<ReadingView> {
    return this.unitOfWork.run(async () => {
      const { conversation, reader } = await this.open(workspaceId, conversationId, wanted);
      const now = this.clock.now().toISOString();
      const upTo = messageId === null ? now : await this.timeOf(workspaceId, conversationId, messageId);
      const before = await this.reading.readAt(workspaceId, conversationId, reader);
      if (before === null || before < upTo) {
        await this.reading.setReadAt(workspaceId, conversationId, reader, upTo);
        const fewer =
          reader.kind === 'user' && (await this.reading.leaveUnread(workspaceId, conversationId, 'read', upTo, now));
        if (reader.kind === 'contact') await this.reading.markRepliesRead(workspaceId, conversationId, upTo, now);
        if (fewer || before === null || before < conversation.lastActivityAt)
          this.events.append(new ConversationRead(conversationId, { ...factsOf(conversation, reader), read_at: upTo }));
      }
      return this.view(workspaceId, conversationId, reader);
    });
  }

  /**
   * A message, or the newest of others, and what came after it are to be read again; by a user, also as the whole team counts.
   * @throws DomainError NOT_FOUND, BAD_REQUEST for nobody, UNPROCESSABLE for a message that is not in the conversation.
   */
  unread(
    workspaceId: string,
    conversationId: string,
    wanted: WantedReader,
    messageId: string | null = null,
  ): Promise<ReadingView> {
    return this.unitOfWork.run(async () => {
      const { conversation, reader } = await this.open(workspaceId, conversationId, wanted);
      const from =
        messageId === null
          ? await this.reading.newestOfOthers(workspaceId, conversationId, reader)
          : await this.timeOf(workspaceId, conversationId, messageId);
      const before = await this.reading.readAt(workspaceId, conversationId, reader);
      if (from !== null && before !== null && from <= before) {
        const readAt = new Date(Date.parse(from) - 1).toISOString();
        await this.reading.setReadAt(workspaceId, conversationId, reader, readAt);
        if (reader.kind === 'user')
          await this.reading.leaveUnread(workspaceId, conversationId, 'unread', readAt, this.clock.now().toISOString());
        this.events.append(
          new ConversationUnread(conversationId, { ...factsOf(conversation, reader), read_at: readAt }),
        );
      }
      return this.view(workspaceId, conversationId, reader);
    });
  }

  /** What waits for a user to read it. @throws DomainError BAD_REQUEST for nobody */
  async counts(workspaceId: string, userId: string | null): Promise<UnreadCounts> {
    if (userId === null) throw badRequest({ credential: [NOBODY] });
    return this.reading.counts(workspaceId, userId);
  }

  private async open(
    workspaceId: string,
    conversationId: string,
    wanted: WantedReader,
  ): Promise<{ conversation: ConversationState; reader: Reader }> {
    const conversation = await this.conversations.lock(workspaceId, conversationId);
    if (!conversation) throw notFound('Conversation');
    if (wanted === 'contact') return { conversation, reader: { kind: 'contact', id: conversation.contactId } };
    if (wanted.userId === null) throw badRequest({ as: [`${NOBODY}: say as contact, if it is the contact who reads`] });
    return { conversation, reader: { kind: 'user', id: wanted.userId } };
  }

  private async timeOf(workspaceId: string, conversationId: string, messageId: string): Promise<string> {
    const message = await this.messages.find(workspaceId, messageId);
    if (message?.conversationId !== conversationId)
      throw unprocessable('There is no message with this id in the conversation', { message_id: messageId });
    return message.createdAt;
  }

  private async view(workspaceId: string, conversationId: string, reader: Reader): Promise<ReadingView> {
    const readAt = await this.reading.readAt(workspaceId, conversationId, reader);
    return {
      conversationId,
      reader,
      readAt,
      unreadCount: await this.reading.countSince(workspaceId, conversationId, reader, readAt),
    };
  }
}

function factsOf({ contactId }: ConversationState, reader: Reader): Omit<ReadingFacts, 'read_at'> {
  return { reader: reader.kind, reader_id: reader.id, contact_id: contactId };
}

const NOBODY = "this key is a service's, and nobody reads with it";
