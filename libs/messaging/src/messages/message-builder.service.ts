import { Injectable } from '@nestjs/common';
import { badRequestError, unprocessableError } from '@parley/kernel';
import { UsersService } from '@parley/teams';
import { FilesService } from '../files/files.service.js';
import { parseMentionedIds } from './mentions.js';
import { MessageAuthorResolver } from './message-author-resolver.service.js';
import { buildMessageBody, isEmptyMessage } from './message-content.js';
import type { Attachment, MessageView, CreateMessageInput } from './message.view.js';
import { MessagesRepository, type LockedConversation } from './messages.repository.js';

/** Content of a new message with all references resolved. */
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

/** Resolves the references of a message. */
@Injectable()
export class MessageBuilder {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly files: FilesService,
    private readonly users: UsersService,
    private readonly authorResolver: MessageAuthorResolver,
  ) {}

  /**
   * @param actorName display name of actors that are not users, such as a rule.
   * @throws DomainError BAD_REQUEST when the message is empty, UNPROCESSABLE when a referenced object does not exist,
   * FORBIDDEN for a user who sets another author.
   */
  async build(
    workspaceId: string,
    { state, contactName, ...locked }: LockedConversation,
    requested: CreateMessageInput,
    actorName: string | null,
  ): Promise<MessageDraft> {
    const { type, contentType = 'text', contentAttributes = {}, externalId = null, inReplyTo = null } = requested;
    const attachments = await this.loadAttachments(workspaceId, requested);
    const messageBody = buildMessageBody(contentType, requested.body, requested.bodyHtml ?? null);
    if (attachments.length === 0 && isEmptyMessage(contentType, messageBody))
      throw badRequestError({ body: ['body must not be empty unless a file is attached'] });
    if (inReplyTo && !(await this.messages.existsInConversation(workspaceId, state.id, inReplyTo))) {
      throw unprocessableError('No message with this ID exists in the conversation', { in_reply_to: inReplyTo });
    }
    if (type !== 'note' && requested.mentionIds?.length)
      throw badRequestError({ mention_ids: ['mention_ids is only allowed for notes'] });
    const mentions =
      type === 'note' ? await this.resolveMentions(workspaceId, messageBody.body, requested.mentionIds) : [];
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

  /**
   * Returns the ids of the users that a note mentions: those in `namedIds`, and active users mentioned in its text.
   * @throws DomainError UNPROCESSABLE for a user in `namedIds` who is not active.
   */
  async resolveMentions(workspaceId: string, body: string, namedIds: readonly string[] = []): Promise<string[]> {
    const requested = [...new Set([...namedIds.map((id) => id.toLowerCase()), ...parseMentionedIds(body)])];
    if (requested.length === 0) return [];
    const activeUserIds = await this.users.filterActive(workspaceId, requested);
    const missing = namedIds.filter((id) => !activeUserIds.has(id.toLowerCase()));
    if (missing.length > 0) throw unprocessableError('No active user with this ID exists', { mention_ids: missing });
    return requested.filter((id) => activeUserIds.has(id));
  }

  private async loadAttachments(
    workspaceId: string,
    { fileIds = [], inlineFiles = [] }: CreateMessageInput,
  ): Promise<Attachment[]> {
    const names = new Map(inlineFiles.map(({ fileId, contentId }) => [fileId, contentId]));
    const found = await this.files.getAttachments(workspaceId, [...new Set([...fileIds, ...names.keys()])]);
    return found.map((file) => (names.has(file.id) ? { ...file, content_id: names.get(file.id), inline: true } : file));
  }
}
