import { Injectable } from '@nestjs/common';
import {
  assertVersion, badRequest, Clock, currentActor, currentContext, DomainError, Events, newId, notFound, UnitOfWork, unprocessable, type Actor, type Page, type PageRequest,
} from '@parley/kernel';
import { ContactsService } from '@parley/identity';
import { ConversationChanges } from '../conversations/conversation-change.service.js';
import { FilesService } from '../files/files.service.js';
import { MessageCreated, MessageDeleted, MessageUpdated, NoteCreated, NoteDeleted, NoteUpdated, type MessageFacts } from '../messaging.events.js';
import { authorOf, messageEffects, refusal } from './message-effects.js';
import type { MessageView, NewMessage } from './message.view.js';
import { MessagesRepository, type Addressed, type LockedMessage, type MessagesFilter } from './messages.repository.js';

/** What is said in conversations. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly conversations: ConversationChanges,
    private readonly files: FilesService,
    private readonly contacts: ContactsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  list(workspaceId: string, filter: MessagesFilter, request: PageRequest): Promise<Page<MessageView>> {
    return this.messages.list(workspaceId, filter, request);
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
    return this.unitOfWork.run(async () => {
      const actor = currentActor();
      const addressed = await this.messages.lockConversation(workspaceId, conversationId, actor.kind === 'user' ? actor.id : null);
      if (!addressed) throw notFound('Conversation');
      // Sent behind the message, not after it.
      const writing = this.write(workspaceId, addressed, wanted, actor, actorName);
      const seeing = wanted.type === 'comment' ? this.contacts.noteSeen(workspaceId, addressed.state.contactId) : null;
      const [message] = await Promise.all([writing, seeing]);
      return message;
    });
  }

  /** The first message of a conversation that is being made, under an id given out before; in the caller's unit of work. */
  async createFirst(workspaceId: string, conversationId: string, wanted: NewMessage, id: string): Promise<void> {
    const actor = currentActor();
    const addressed = await this.messages.lockConversation(workspaceId, conversationId, actor.kind === 'user' ? actor.id : null);
    await this.write(workspaceId, addressed!, wanted, actor, null, id);
  }

  /**
   * Corrects a reply or note. What customers and others said stays theirs.
   * @throws DomainError NOT_FOUND, FORBIDDEN, UNPROCESSABLE, PRECONDITION_FAILED
   */
  edit(workspaceId: string, id: string, body: string, bodyHtml: string | null, expectedVersion: number | null): Promise<MessageView> {
    return this.unitOfWork.run(async () => {
      const { message, contactId } = await this.lockOwn(workspaceId, id);
      if (message.type === 'comment' || message.type === 'system') throw unprocessable(`A ${message.type} cannot be edited`, { type: message.type });
      assertVersion(expectedVersion, message.version, () => message);
      if (message.body === body && message.bodyHtml === bodyHtml) return message;
      const edited = await this.messages.edit(workspaceId, message, body, bodyHtml, this.clock.now().toISOString());
      const data = { ...facts(message, contactId), changed: { body: [message.body, body] as [string, string] } };
      this.events.append(message.type === 'note' ? new NoteUpdated(id, data) : new MessageUpdated(id, data));
      return edited;
    });
  }

  /** Takes a message back: its place stays, its words go; the event log keeps them. @throws DomainError NOT_FOUND, FORBIDDEN */
  delete(workspaceId: string, id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const { message, contactId } = await this.lockOwn(workspaceId, id);
      await this.messages.blank(workspaceId, message, this.clock.now().toISOString());
      const data = { ...facts(message, contactId), changed: { body: [message.body, ''] as [string, string] } };
      this.events.append(message.type === 'note' ? new NoteDeleted(id, data) : new MessageDeleted(id, data));
    });
  }

  private async write(workspaceId: string, addressed: Addressed, wanted: NewMessage, actor: Actor, actorName: string | null, id = newId()): Promise<MessageView> {
    const { state, contactName } = addressed;
    const refused = refusal(state, wanted.type);
    if (refused) throw unprocessable(refused, { status: state.status });
    const attachments = await this.files.attachments(workspaceId, wanted.fileIds ?? []);
    if (wanted.body === '' && attachments.length === 0) throw badRequest({ body: ['body must not be empty unless a file is attached'] });
    if (wanted.inReplyTo && !(await this.messages.isIn(workspaceId, state.id, wanted.inReplyTo))) {
      throw unprocessable('There is no message with this id in the conversation', { in_reply_to: wanted.inReplyTo });
    }
    const now = this.clock.now().toISOString();
    const author = authorOf(wanted.type, actor, { id: state.contactId, name: contactName }, addressed.actorName ?? actorName);
    const effects = messageEffects(state, wanted.type, author, now);
    const message = await this.add(workspaceId, {
      id, conversationId: state.id, type: wanted.type, body: wanted.body, bodyHtml: wanted.bodyHtml ?? null, contentType: wanted.contentType ?? 'text',
      contentAttributes: wanted.contentAttributes ?? {}, author, attachments, externalId: wanted.externalId ?? null, inReplyTo: wanted.inReplyTo ?? null, createdAt: now,
    }, effects);
    this.events.append(message.type === 'note' ? new NoteCreated(message.id, facts(message, state.contactId)) : new MessageCreated(message.id, facts(message, state.contactId)));
    await this.conversations.apply(workspaceId, state, effects.patch, now);
    return message;
  }

  private async add(...args: Parameters<MessagesRepository['add']>): Promise<MessageView> {
    try {
      return await this.messages.add(...args);
    } catch (error) {
      const { constraint } = error as { constraint?: string };
      throw constraint === 'messages_external' ? new DomainError('CONFLICT', 'There is a message with this external id already', { external_id: args[1].externalId }) : error;
    }
  }

  /** The message, if whoever acts may take it into their hands: their own, or anyone's for admins and programs. */
  private async lockOwn(workspaceId: string, id: string): Promise<LockedMessage> {
    const locked = await this.messages.lock(workspaceId, id);
    if (!locked) throw notFound('Message');
    const { message } = locked;
    if (message.deletedAt !== null) throw notFound('Message');
    const principal = currentContext()?.principal;
    const restricted = principal?.userId != null && principal.role === 'agent';
    if (restricted && message.author.id !== principal.userId) throw new DomainError('FORBIDDEN', 'Agents can change only what they wrote themselves');
    return locked;
  }
}

function facts(message: MessageView, contactId: string): MessageFacts {
  return { conversation_id: message.conversationId, contact_id: contactId, type: message.type, author_type: message.author.type, author_id: message.author.id };
}
