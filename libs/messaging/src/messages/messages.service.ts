import { Injectable } from '@nestjs/common';
import { assertVersion, badRequest, Clock, currentContext, DomainError, Events, notFound, UnitOfWork, unprocessable, type Page, type PageRequest } from '@parley/kernel';
import { MessageDeleted, MessageUpdated, NoteDeleted, NoteUpdated } from '../messaging.events.js';
import { messageWords } from './message-content.js';
import { factsOf } from './message-facts.js';
import { MessageWriting } from './message-writing.service.js';
import type { MessageView, NewMessage } from './message.view.js';
import { MessagesRepository, type MessagePlace, type MessagesFilter } from './messages.repository.js';

/** What is said in conversations. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly writing: MessageWriting,
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

  /** The message, or null. */
  find(workspaceId: string, id: string): Promise<MessageView | null> {
    return this.messages.find(workspaceId, id);
  }

  /** Id of the newest message of a conversation that is no note; null when nothing was said. */
  newestPublicId(workspaceId: string, conversationId: string): Promise<string | null> {
    return this.messages.newestPublicId(workspaceId, conversationId);
  }

  /**
   * Says something in a conversation, as whoever acts; a comment is the contact's whoever brings it.
   * @param actorName shown for actors that are no users, such as a rule.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE when the conversation is closed or a file or message referred to is not there, CONFLICT for a known external id.
   */
  create(workspaceId: string, conversationId: string, wanted: NewMessage, actorName: string | null = null): Promise<MessageView> {
    return this.writing.create(workspaceId, conversationId, wanted, actorName);
  }

  /**
   * Corrects a reply or note. What customers and others said stays theirs.
   * @throws DomainError NOT_FOUND, FORBIDDEN, UNPROCESSABLE, PRECONDITION_FAILED
   */
  edit(workspaceId: string, id: string, body: string, bodyHtml: string | null, expectedVersion: number | null): Promise<MessageView> {
    return this.unitOfWork.run(async () => {
      const message = await this.lockOwn(workspaceId, id);
      if (message.type === 'comment' || message.type === 'system') throw unprocessable(`A ${message.type} cannot be edited`, { type: message.type });
      assertVersion(expectedVersion, message.version, () => message);
      const words = messageWords(message.contentType, body, bodyHtml);
      if (message.body === words.body && message.bodyHtml === words.bodyHtml) return message;
      const edited = await this.messages.edit(workspaceId, message, words, this.clock.now().toISOString());
      const data = { ...factsOf(message), changed: { body: [message.body, words.body] as [string, string] } };
      this.events.append(message.type === 'note' ? new NoteUpdated(id, data) : new MessageUpdated(id, data));
      return edited;
    });
  }

  /** Takes a message back: its place stays, its words go; the event log keeps them. @throws DomainError NOT_FOUND, FORBIDDEN */
  delete(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const message = await this.lockOwn(workspaceId, id);
      await this.messages.blank(workspaceId, message, this.clock.now().toISOString());
      const data = { ...factsOf(message), changed: { body: [message.body, ''] as [string, string] } };
      this.events.append(message.type === 'note' ? new NoteDeleted(id, data) : new MessageDeleted(id, data));
    });
  }

  private async place(workspaceId: string, field: string, id: string | undefined): Promise<MessagePlace | null> {
    if (id === undefined) return null;
    const message = await this.messages.find(workspaceId, id);
    if (!message) throw badRequest({ [field]: [`${field} is not the id of a message`] });
    return message;
  }

  /** The message, if whoever acts may take it into their hands: their own, or anyone's for admins and programs. */
  private async lockOwn(workspaceId: string, id: string): Promise<MessageView> {
    const message = await this.messages.lock(workspaceId, id);
    if (!message || message.deletedAt !== null) throw notFound('Message');
    const principal = currentContext()?.principal;
    const restricted = principal?.userId != null && principal.role === 'agent';
    if (restricted && message.author.id !== principal.userId) throw new DomainError('FORBIDDEN', 'Agents can change only what they wrote themselves');
    return message;
  }
}
