import { Injectable } from '@nestjs/common';
import { badRequestError, unprocessableError } from '@parley/kernel';
import { UsersService } from '@parley/teams';
import { FilesService } from '../files/files.service.js';
import { parseMentionedIds } from './mentions.js';
import { MessageAuthorResolver } from './message-author-resolver.service.js';
import { buildMessageBody, isEmptyMessage } from './message-content.js';
import type { Attachment, MessageView, CreateMessageInput } from './message.view.js';
import { MessagesRepository, type LockedConversation } from './messages.repository.js';

/** What a message is to be, once everything that it refers to was found. */
export type MessageDraft = Pick<
  MessageView,
  | 'type'
  | 'author'
  | 'body'
  | 'bodyHtml'
  | 'contentType'
  | 'contentAttributes'
  | 'attachments'
  | 'externalId'
  | 'inReplyTo'
  | 'mentions'
>;

/** Finds what a message refers to. */
@Injectable()
export class MessageBuilder {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly files: FilesService,
    private readonly users: UsersService,
    private readonly authorResolver: MessageAuthorResolver,
  ) {}

  /**
   * @param actorName shown for actors that are no users, such as a rule.
   * @throws DomainError BAD_REQUEST when it says nothing, UNPROCESSABLE when something that it refers to is not there, FORBIDDEN for a user who speaks for somebody else.
   */
  async build(
    workspaceId: string,
    { state, contactName, ...locked }: LockedConversation,
    requested: CreateMessageInput,
    actorName: string | null,
  ): Promise<MessageDraft> {
    const { type, contentType = 'text', contentAttributes = {}, externalId = null, inReplyTo = null } = requested;
    const attachments = await this.attachments(workspaceId, requested);
    const messageBody = buildMessageBody(contentType, requested.body, requested.bodyHtml ?? null);
    if (attachments.length === 0 && isEmptyMessage(contentType, messageBody))
      throw badRequestError({ body: ['body must not be empty unless a file is attached'] });
    if (inReplyTo && !(await this.messages.existsInConversation(workspaceId, state.id, inReplyTo))) {
      throw unprocessableError('There is no message with this id in the conversation', { in_reply_to: inReplyTo });
    }
    if (type !== 'note' && requested.mentionIds?.length)
      throw badRequestError({ mention_ids: ['mention_ids goes with notes only'] });
    const mentions = type === 'note' ? await this.mentions(workspaceId, messageBody.body, requested.mentionIds) : [];
    const author = await this.authorResolver.resolve(
      workspaceId,
      requested,
      { id: state.contactId, name: contactName },
      locked.actorName ?? actorName,
    );
    return {
      type,
      author,
      ...messageBody,
      contentType,
      contentAttributes,
      attachments,
      externalId,
      inReplyTo,
      mentions,
    };
  }

  /** Whom a note mentions: those named beside it, and active users named in it. @throws DomainError UNPROCESSABLE for who is named beside it and no active user. */
  async mentions(workspaceId: string, body: string, namedIds: readonly string[] = []): Promise<string[]> {
    const requested = [...new Set([...namedIds.map((id) => id.toLowerCase()), ...parseMentionedIds(body)])];
    if (requested.length === 0) return [];
    const activeUserIds = await this.users.filterActive(workspaceId, requested);
    const missing = namedIds.filter((id) => !activeUserIds.has(id.toLowerCase()));
    if (missing.length > 0) throw unprocessableError('There is no active user with this id', { mention_ids: missing });
    return requested.filter((id) => activeUserIds.has(id));
  }

  private async attachments(
    workspaceId: string,
    { fileIds = [], inlineFiles = [] }: CreateMessageInput,
  ): Promise<Attachment[]> {
    const names = new Map(inlineFiles.map(({ fileId, contentId }) => [fileId, contentId]));
    const found = await this.files.getAttachments(workspaceId, [...new Set([...fileIds, ...names.keys()])]);
    return found.map((file) => (names.has(file.id) ? { ...file, content_id: names.get(file.id), inline: true } : file));
  }
}
