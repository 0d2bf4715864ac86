import { Injectable } from '@nestjs/common';
import {
  Clock,
  currentContext,
  DomainError,
  invalidInputError,
  notFoundError,
  unprocessableError,
} from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { assertVersion } from '@parley/kernel/http';
import type { Page, PageRequest } from '@parley/kernel/pagination';
import { ConversationCountersRepository } from '../conversations/conversation-counters.repository.js';
import { MessageDeleted, MessageUpdated, NoteDeleted, NoteUpdated } from '../message.events.js';
import { ParticipantsWriter } from '../participants/participants-writer.service.js';
import { buildMessageBody, isEmptyMessage, type MessageBody } from './message-content.js';
import { MessageBuilder } from './message-builder.service.js';
import { messageEventData } from './message-effects.js';
import type { MessageView, CreateMessageInput } from './message.view.js';
import {
  MessagesRepository,
  type LockedMessage,
  type MessageCursor,
  type MessagesFilter,
} from './messages.repository.js';

/** Fields to update in a message. */
export type UpdateMessageInput = Pick<CreateMessageInput, 'body' | 'bodyHtml' | 'mentionIds'>;

/** Update of which the pasted images are stored. */
type UpdateWithFiles = UpdateMessageInput & Pick<CreateMessageInput, 'contentType' | 'inlineFiles'>;

/** Messages of conversations. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly counters: ConversationCountersRepository,
    private readonly builder: MessageBuilder,
    private readonly participantsWriter: ParticipantsWriter,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST when the message of `beforeId` or `afterId` does not exist. */
  async list(workspaceId: string, filter: MessagesFilter, request: PageRequest): Promise<Page<MessageView>> {
    const before = await this.resolveCursor(workspaceId, 'beforeId', filter.beforeId);
    const after = await this.resolveCursor(workspaceId, 'afterId', filter.afterId);
    return this.messages.list(workspaceId, filter, { before, after }, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<MessageView> {
    const message = await this.messages.find(workspaceId, id);
    if (!message) throw notFoundError('Message');
    return message;
  }

  /** @throws DomainError NOT_FOUND, also for other messages and deleted notes. */
  async getNote(workspaceId: string, id: string): Promise<MessageView> {
    const message = await this.messages.find(workspaceId, id);
    if (message?.type !== 'note' || message.deletedAt !== null) throw notFoundError('Note');
    return message;
  }

  /** Returns the message, or null. */
  find(workspaceId: string, id: string): Promise<MessageView | null> {
    return this.messages.find(workspaceId, id);
  }

  /** Returns the messages that exist, in any order. */
  findMany(workspaceId: string, ids: readonly string[]): Promise<MessageView[]> {
    return this.messages.findMany(workspaceId, ids);
  }

  /** Returns the id of the newest comment or reply of a conversation, or null. */
  findNewestPublicId(workspaceId: string, conversationId: string): Promise<string | null> {
    return this.messages.findNewestPublicId(workspaceId, conversationId);
  }

  /**
   * Updates a reply or note. Comments and system messages cannot be updated. Pasted images are added to the attachments.
   * @param requiredType limits the update to notes.
   * @throws DomainError NOT_FOUND, FORBIDDEN, UNPROCESSABLE, PRECONDITION_FAILED
   */
  async update(
    workspaceId: string,
    id: string,
    update: UpdateMessageInput,
    expectedVersion: number | null,
    requiredType: 'note' | null = null,
  ): Promise<MessageView> {
    const contentType = (await this.messages.find(workspaceId, id))?.contentType;
    return this.builder.storePastedImages(workspaceId, { ...update, contentType }, (stored) =>
      this.updateStored(workspaceId, id, stored, expectedVersion, requiredType),
    );
  }

  private updateStored(
    workspaceId: string,
    id: string,
    update: UpdateWithFiles,
    expectedVersion: number | null,
    requiredType: 'note' | null,
  ): Promise<MessageView> {
    return this.unitOfWork.run(async () => {
      const message = await this.lockEditable(workspaceId, id, requiredType);
      if (message.type === 'comment' || message.type === 'system')
        throw unprocessableError(`A ${message.type} cannot be edited`, { type: message.type });
      assertVersion(expectedVersion, message.version, () => message);
      const messageBody = buildMessageBody(message.contentType, update.body, update.bodyHtml ?? null);
      const pasted = await this.builder.loadAttachments(workspaceId, { inlineFiles: update.inlineFiles });
      const attachments = [...message.attachments, ...pasted];
      if (attachments.length === 0 && isEmptyMessage(message.contentType, messageBody))
        throw invalidInputError('body', 'must not be empty unless a file is attached');
      const mentions =
        message.type === 'note'
          ? await this.builder.resolveMentions(workspaceId, messageBody.body, update.mentionIds)
          : [];
      const isUnchanged =
        message.body === messageBody.body &&
        message.bodyHtml === messageBody.bodyHtml &&
        message.mentions.join() === mentions.join();
      return isUnchanged ? message : this.applyUpdate(workspaceId, message, { ...messageBody, attachments, mentions });
    });
  }

  /**
   * Replaces a message with a tombstone; its content remains in the event log. A deleted comment no longer counts as
   * unread or unanswered. Returns the message before deletion.
   * @throws DomainError NOT_FOUND, FORBIDDEN, PRECONDITION_FAILED
   */
  delete(
    workspaceId: string,
    id: string,
    expectedVersion: number | null,
    requiredType: 'note' | null = null,
  ): Promise<MessageView> {
    return this.unitOfWork.run(async () => {
      const message = await this.lockEditable(workspaceId, id, requiredType);
      assertVersion(expectedVersion, message.version, () => message);
      const now = this.clock.now().toISOString();
      await this.messages.clearContent(workspaceId, message, now);
      if (message.type === 'comment') await this.counters.removeComment(workspaceId, message, now);
      const data = {
        ...messageEventData(message, message.contactId),
        changed: { body: [message.body, ''] as [string, string] },
      };
      this.events.append(message.type === 'note' ? new NoteDeleted(id, data) : new MessageDeleted(id, data));
      return message;
    });
  }

  private async applyUpdate(
    workspaceId: string,
    message: LockedMessage,
    content: MessageBody & Pick<MessageView, 'attachments' | 'mentions'>,
  ): Promise<MessageView> {
    const { body, mentions } = content;
    const now = this.clock.now().toISOString();
    const updated = await this.messages.update(workspaceId, message, content, now);
    const data = {
      ...messageEventData(message, message.contactId),
      changed: { body: [message.body, body] as [string, string] },
    };
    if (message.type === 'note') {
      const newMentions = mentions.filter((userId) => !message.mentions.includes(userId));
      this.events.append(new NoteUpdated(message.id, { ...data, mentions: newMentions }));
      await this.participantsWriter.add(
        workspaceId,
        { id: message.conversationId, contactId: message.contactId },
        newMentions,
        'mentioned',
        now,
      );
    } else this.events.append(new MessageUpdated(message.id, data));
    return updated;
  }

  private async resolveCursor(
    workspaceId: string,
    field: string,
    id: string | undefined,
  ): Promise<MessageCursor | null> {
    if (id === undefined) return null;
    const message = await this.messages.find(workspaceId, id);
    if (!message) throw invalidInputError(field, 'is not the ID of a message');
    return message;
  }

  /**
   * Locks the conversation and the message if the caller may edit it. Agents may edit their own messages; admins, owners and service keys
   * may edit all.
   */
  private async lockEditable(workspaceId: string, id: string, requiredType: 'note' | null): Promise<LockedMessage> {
    // The conversation first, as when a message is created: the opposite order could lead to deadlocks.
    const lockedId = await this.messages.lockConversationOf(workspaceId, id);
    const message = await this.messages.lock(workspaceId, id);
    // A merge has moved the message meanwhile.
    if (message && message.conversationId !== lockedId) await this.messages.lockConversationOf(workspaceId, id);
    if (!message || message.deletedAt !== null || (requiredType !== null && message.type !== requiredType))
      throw notFoundError(requiredType === null ? 'Message' : 'Note');
    const principal = currentContext()?.principal;
    const isRestricted = principal?.userId != null && principal.role !== 'owner' && principal.role !== 'admin';
    if (isRestricted && message.author.id !== principal.userId)
      throw new DomainError('FORBIDDEN', 'Agents can only change their own messages');
    return message;
  }
}
