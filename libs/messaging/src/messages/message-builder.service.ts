import { Injectable } from '@nestjs/common';
import {
  currentActor,
  currentContext,
  DomainError,
  invalidInputError,
  newId,
  unprocessableFieldError,
  type Actor,
} from '@parley/kernel';
import { ReferencedObjectsService } from '@parley/teams';
import type { ConversationState } from '../conversations/conversation.view.js';
import { FilesService } from '../files/files.service.js';
import {
  buildMessageBody,
  extractPastedImages,
  isEmptyMessage,
  MAX_PASTED_IMAGES,
  parseMentionedIds,
} from './message-content.js';
import { defaultAuthor } from './message-effects.js';
import {
  MAX_BODY_LENGTH,
  type Attachment,
  type Author,
  type AuthorInput,
  type CreateMessageInput,
  type MessageView,
} from './message.view.js';
import { MessageCreationRepository, type LockedConversation } from './message-creation.repository.js';

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

/** Fields of an input that can have pasted images. */
type ImageInput = Pick<CreateMessageInput, 'body' | 'bodyHtml' | 'contentType' | 'inlineFiles'>;

/** Builds the content of a message: resolves its references, its author and its mentions. */
@Injectable()
export class MessageBuilder {
  constructor(
    private readonly messages: MessageCreationRepository,
    private readonly files: FilesService,
    private readonly referencedObjects: ReferencedObjectsService,
  ) {}

  /**
   * Stores the images that are pasted into the HTML as files, and calls `create` with the input that refers to them. If
   * it fails, none of the files is kept.
   * @throws DomainError BAD_REQUEST when the text is too long or has too many images.
   */
  async storePastedImages<Input extends ImageInput, T>(
    workspaceId: string,
    input: Input,
    create: (input: Input) => Promise<T>,
  ): Promise<T> {
    const field = input.bodyHtml != null ? 'bodyHtml' : input.contentType === 'html' ? 'body' : null;
    const html = field === null ? '' : input[field]!;
    const extracted = extractPastedImages(html, newId);
    const withHtml = field === null ? input : { ...input, [field]: extracted.html };
    for (const name of ['body', 'bodyHtml'] as const)
      if ((withHtml[name]?.length ?? 0) > MAX_BODY_LENGTH)
        throw invalidInputError(name, `must be at most ${MAX_BODY_LENGTH} characters long, without pasted images`);
    if (extracted.images.length === 0) return create(withHtml);
    if (extracted.images.length > MAX_PASTED_IMAGES)
      throw invalidInputError(field!, `must have at most ${MAX_PASTED_IMAGES} pasted images`);
    return this.files.storeContents(workspaceId, extracted.images, (stored) => {
      const pasted = stored.map(({ id }, index) => ({ fileId: id, contentId: extracted.images[index]!.contentId }));
      return create({ ...withHtml, inlineFiles: [...(input.inlineFiles ?? []), ...pasted] });
    });
  }

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
      throw invalidInputError('body', 'must not be empty unless a file is attached');
    if (inReplyTo && !(await this.messages.existsInConversation(workspaceId, state.id, inReplyTo))) {
      throw unprocessableFieldError('inReplyTo', 'No message with this ID exists in the conversation', inReplyTo);
    }
    if (type !== 'note' && requested.mentionIds?.length)
      throw invalidInputError('mentionIds', 'is only allowed for notes');
    const mentions =
      type === 'note' ? await this.resolveMentions(workspaceId, messageBody.body, requested.mentionIds) : [];
    const author = await this.resolveAuthor(
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
    const activeUserIds = await this.referencedObjects.filterActiveUsers(workspaceId, requested);
    const missing = namedIds.filter((id) => !activeUserIds.has(id.toLowerCase()));
    if (missing.length > 0) throw unprocessableFieldError('mentionIds', 'No active user with this ID exists', missing);
    return requested.filter((id) => activeUserIds.has(id));
  }

  /** Returns the assignee of the conversation if that user is active. */
  async findActiveAssignee(
    workspaceId: string,
    { assigneeId }: Pick<ConversationState, 'assigneeId'>,
  ): Promise<string | null> {
    const user = assigneeId === null ? null : await this.referencedObjects.findActiveUser(workspaceId, assigneeId);
    return user && user.id;
  }

  /** @throws DomainError UNPROCESSABLE when a file does not exist. */
  async loadAttachments(
    workspaceId: string,
    { fileIds = [], inlineFiles = [] }: Pick<CreateMessageInput, 'fileIds' | 'inlineFiles'>,
  ): Promise<Attachment[]> {
    const names = new Map(inlineFiles.map(({ fileId, contentId }) => [fileId, contentId]));
    const found = await this.files.getAttachments(workspaceId, [...new Set([...fileIds, ...names.keys()])]);
    return found.map((file) => (names.has(file.id) ? { ...file, content_id: names.get(file.id), inline: true } : file));
  }

  /**
   * Returns the contact as the author of comments; otherwise the requested author or the current actor.
   * @param actorName display name of the actor, if known.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE for a user who is not active, FORBIDDEN for a user who sets another
   * author.
   */
  private async resolveAuthor(
    workspaceId: string,
    { type, author }: Pick<CreateMessageInput, 'type' | 'author'>,
    contact: { id: string; name: string | null },
    actorName: string | null,
  ): Promise<Author> {
    const actor = currentActor();
    if (author === undefined) return defaultAuthor(type, actor, contact, actorName ?? apiKeyName(actor));
    if (type === 'comment')
      throw invalidInputError(
        'author',
        'is only allowed for replies and notes. The author of a comment is the contact',
      );
    return author.type === 'user' ? this.resolveUser(workspaceId, author, actor) : programAuthor(author, actor);
  }

  private async resolveUser(workspaceId: string, { id }: AuthorInput, actor: Actor): Promise<Author> {
    if (id === undefined) throw invalidInputError(['author', 'id'], 'is required for the type user');
    const user = await this.referencedObjects.findActiveUser(workspaceId, id);
    if (user === null) throw unprocessableFieldError(['author', 'id'], 'No active user with this ID exists', id);
    if (actor.kind === 'user' && actor.id !== user.id) throw impersonationForbiddenError();
    return { type: 'user', id: user.id, name: user.name };
  }
}

function apiKeyName({ kind, id }: Actor): string | null {
  const principal = currentContext()?.principal;
  return kind === 'api_key' && principal?.credentialId === id ? (principal.name ?? null) : null;
}

function programAuthor({ type, id, name }: AuthorInput, actor: Actor): Author {
  if (actor.kind === 'user') throw impersonationForbiddenError();
  if (name === undefined) throw invalidInputError(['author', 'name'], `is required for the type ${type}`);
  return { type, id: id ?? (type === 'bot' ? actor.id : null), name };
}

function impersonationForbiddenError(): DomainError {
  return new DomainError('FORBIDDEN', 'Only service keys can set another author');
}
