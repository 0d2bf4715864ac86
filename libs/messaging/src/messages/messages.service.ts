import { Injectable } from '@nestjs/common';
import {
  assertVersion,
  badRequest,
  Clock,
  currentContext,
  DomainError,
  Events,
  notFound,
  UnitOfWork,
  unprocessable,
  type Page,
  type PageRequest,
} from '@parley/kernel';
import { MessageDeleted, MessageUpdated, NoteDeleted, NoteUpdated } from '../messaging.events.js';
import { Participation } from '../participants/participation.service.js';
import { messageWords, type MessageWords } from './message-content.js';
import { MessageDrafting } from './message-drafting.service.js';
import { factsOf } from './message-facts.js';
import { MessageWriting } from './message-writing.service.js';
import type { MessageView, NewMessage } from './message.view.js';
import {
  MessagesRepository,
  type LockedMessage,
  type MessagePlace,
  type MessagesFilter,
} from './messages.repository.js';

/** Other words for a message. */
export type Correction = Pick<NewMessage, 'body' | 'bodyHtml' | 'mentionIds'>;

/** What is said in conversations. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly writing: MessageWriting,
    private readonly drafting: MessageDrafting,
    private readonly participation: Participation,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST when there is no message to begin before or after. */
  async list(workspaceId: string, filter: MessagesFilter, request: PageRequest): Promise<Page<MessageView>> {
    const before = await this.place(workspaceId, 'before_id', filter.beforeId);
    const after = await this.place(workspaceId, 'after_id', filter.afterId);
    return this.messages.list(workspaceId, filter, { before, after }, request);
  }

  /** @throws DomainError NOT_FOUND */
  async get(workspaceId: string, id: string): Promise<MessageView> {
    const message = await this.messages.find(workspaceId, id);
    if (!message) throw notFound('Message');
    return message;
  }

  /** @throws DomainError NOT_FOUND for what is no note, or was taken back. */
  async getNote(workspaceId: string, id: string): Promise<MessageView> {
    const message = await this.messages.find(workspaceId, id);
    if (message?.type !== 'note' || message.deletedAt !== null) throw notFound('Note');
    return message;
  }

  /** The message, or null. */
  find(workspaceId: string, id: string): Promise<MessageView | null> {
    return this.messages.find(workspaceId, id);
  }

  /** Id of the newest message of a conversation that is no note; null when nothing was said. */
  newestPublicId(workspaceId: string, conversationId: string): Promise<string | null> {
    return this.messages.newestPublicId(workspaceId, conversationId);
  }

  /**
   * Says something in a conversation, as whoever acts or whom a program speaks for; a comment is the contact's whoever brings it.
   * @param actorName shown for actors that are no users, such as a rule.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE when the conversation is closed or a file or message referred to is not there, CONFLICT for a known external id.
   */
  create(
    workspaceId: string,
    conversationId: string,
    wanted: NewMessage,
    actorName: string | null = null,
  ): Promise<MessageView> {
    return this.writing.create(workspaceId, conversationId, wanted, actorName);
  }

  /**
   * Corrects a reply or note. What customers and others said stays theirs.
   * @param only finds notes alone.
   * @throws DomainError NOT_FOUND, FORBIDDEN, UNPROCESSABLE, PRECONDITION_FAILED
   */
  edit(
    workspaceId: string,
    id: string,
    correction: Correction,
    expectedVersion: number | null,
    only: 'note' | null = null,
  ): Promise<MessageView> {
    return this.unitOfWork.run(async () => {
      const message = await this.lockOwn(workspaceId, id, only);
      if (message.type === 'comment' || message.type === 'system')
        throw unprocessable(`A ${message.type} cannot be edited`, { type: message.type });
      assertVersion(expectedVersion, message.version, () => message);
      const words = messageWords(message.contentType, correction.body, correction.bodyHtml ?? null);
      const mentions =
        message.type === 'note' ? await this.drafting.mentions(workspaceId, words.body, correction.mentionIds) : [];
      const same =
        message.body === words.body &&
        message.bodyHtml === words.bodyHtml &&
        message.mentions.join() === mentions.join();
      return same ? message : this.correct(workspaceId, message, words, mentions);
    });
  }

  /** Takes a message back: its place stays, its words go; the event log keeps them. Gives what it was. @throws DomainError NOT_FOUND, FORBIDDEN, PRECONDITION_FAILED */
  delete(
    workspaceId: string,
    id: string,
    expectedVersion: number | null,
    only: 'note' | null = null,
  ): Promise<MessageView> {
    return this.unitOfWork.run(async () => {
      const message = await this.lockOwn(workspaceId, id, only);
      assertVersion(expectedVersion, message.version, () => message);
      await this.messages.blank(workspaceId, message, this.clock.now().toISOString());
      const data = {
        ...factsOf(message, message.contactId),
        changed: { body: [message.body, ''] as [string, string] },
      };
      this.events.append(message.type === 'note' ? new NoteDeleted(id, data) : new MessageDeleted(id, data));
      return message;
    });
  }

  private async correct(
    workspaceId: string,
    message: LockedMessage,
    words: MessageWords,
    mentions: readonly string[],
  ): Promise<MessageView> {
    const now = this.clock.now().toISOString();
    const edited = await this.messages.edit(workspaceId, message, { ...words, mentions }, now);
    const data = {
      ...factsOf(message, message.contactId),
      changed: { body: [message.body, words.body] as [string, string] },
    };
    if (message.type === 'note') {
      const newly = mentions.filter((userId) => !message.mentions.includes(userId));
      this.events.append(new NoteUpdated(message.id, { ...data, mentions: newly }));
      await this.participation.join(
        workspaceId,
        { id: message.conversationId, contactId: message.contactId },
        newly,
        'mentioned',
        now,
      );
    } else this.events.append(new MessageUpdated(message.id, data));
    return edited;
  }

  private async place(workspaceId: string, field: string, id: string | undefined): Promise<MessagePlace | null> {
    if (id === undefined) return null;
    const message = await this.messages.find(workspaceId, id);
    if (!message) throw badRequest({ [field]: [`${field} is not the id of a message`] });
    return message;
  }

  /** The message, if whoever acts may take it into their hands: their own, or anyone's for admins and programs. */
  private async lockOwn(workspaceId: string, id: string, only: 'note' | null): Promise<LockedMessage> {
    const message = await this.messages.lock(workspaceId, id);
    if (!message || message.deletedAt !== null || (only !== null && message.type !== only))
      throw notFound(only === null ? 'Message' : 'Note');
    const principal = currentContext()?.principal;
    const restricted = principal?.userId != null && principal.role !== 'owner' && principal.role !== 'admin';
    if (restricted && message.author.id !== principal.userId)
      throw new DomainError('FORBIDDEN', 'Agents can change only what they wrote themselves');
    return message;
  }
}
