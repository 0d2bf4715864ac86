import { Injectable } from '@nestjs/common';
import { badRequest, unprocessable } from '@parley/kernel';
import { UsersService } from '@parley/teams';
import { FilesService } from '../files/files.service.js';
import { mentionedIn } from './mentions.js';
import { MessageAuthors } from './message-authors.service.js';
import { messageWords, saysNothing } from './message-content.js';
import type { Attachment, MessageView, NewMessage } from './message.view.js';
import { MessagesRepository, type Addressed } from './messages.repository.js';

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
export class MessageDrafting {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly files: FilesService,
    private readonly users: UsersService,
    private readonly authors: MessageAuthors,
  ) {}

  /**
   * @param actorName shown for actors that are no users, such as a rule.
   * @throws DomainError BAD_REQUEST when it says nothing, UNPROCESSABLE when something that it refers to is not there, FORBIDDEN for a user who speaks for somebody else.
   */
  async draft(
    workspaceId: string,
    { state, contactName, ...addressed }: Addressed,
    wanted: NewMessage,
    actorName: string | null,
  ): Promise<MessageDraft> {
    const { type, contentType = 'text', contentAttributes = {}, externalId = null, inReplyTo = null } = wanted;
    const attachments = await this.attachments(workspaceId, wanted);
    const words = messageWords(contentType, wanted.body, wanted.bodyHtml ?? null);
    if (attachments.length === 0 && saysNothing(contentType, words))
      throw badRequest({ body: ['body must not be empty unless a file is attached'] });
    if (inReplyTo && !(await this.messages.isIn(workspaceId, state.id, inReplyTo))) {
      throw unprocessable('There is no message with this id in the conversation', { in_reply_to: inReplyTo });
    }
    if (type !== 'note' && wanted.mentionIds?.length)
      throw badRequest({ mention_ids: ['mention_ids goes with notes only'] });
    const mentions = type === 'note' ? await this.mentions(workspaceId, words.body, wanted.mentionIds) : [];
    const author = await this.authors.authorOf(
      workspaceId,
      wanted,
      { id: state.contactId, name: contactName },
      addressed.actorName ?? actorName,
    );
    return { type, author, ...words, contentType, contentAttributes, attachments, externalId, inReplyTo, mentions };
  }

  /** Whom a note mentions: those named beside it, and active users named in it. @throws DomainError UNPROCESSABLE for who is named beside it and no active user. */
  async mentions(workspaceId: string, body: string, named: readonly string[] = []): Promise<string[]> {
    const wanted = [...new Set([...named.map((id) => id.toLowerCase()), ...mentionedIn(body)])];
    if (wanted.length === 0) return [];
    const active = await this.users.activeAmong(workspaceId, wanted);
    const missing = named.filter((id) => !active.has(id.toLowerCase()));
    if (missing.length > 0) throw unprocessable('There is no active user with this id', { mention_ids: missing });
    return wanted.filter((id) => active.has(id));
  }

  private async attachments(
    workspaceId: string,
    { fileIds = [], inlineFiles = [] }: NewMessage,
  ): Promise<Attachment[]> {
    const names = new Map(inlineFiles.map(({ fileId, contentId }) => [fileId, contentId]));
    const found = await this.files.attachments(workspaceId, [...new Set([...fileIds, ...names.keys()])]);
    return found.map((file) => (names.has(file.id) ? { ...file, content_id: names.get(file.id), inline: true } : file));
  }
}
