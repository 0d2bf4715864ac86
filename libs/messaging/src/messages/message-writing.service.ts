import { Injectable } from '@nestjs/common';
import { badRequest, Clock, currentActor, DomainError, Events, newId, notFound, UnitOfWork, unprocessable, type Actor } from '@parley/kernel';
import { ContactsService } from '@parley/identity';
import { ConversationChanges } from '../conversations/conversation-change.service.js';
import { FilesService } from '../files/files.service.js';
import { MessageCreated, NoteCreated } from '../messaging.events.js';
import { messageWords, saysNothing } from './message-content.js';
import { authorOf, messageEffects, refusal } from './message-effects.js';
import { factsOf } from './message-facts.js';
import type { Attachment, MessageView, NewMessage } from './message.view.js';
import { MessagesRepository, type Addressed } from './messages.repository.js';

/** Says things in conversations. */
@Injectable()
export class MessageWriting {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly conversations: ConversationChanges,
    private readonly files: FilesService,
    private readonly contacts: ContactsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

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

  private async write(workspaceId: string, addressed: Addressed, wanted: NewMessage, actor: Actor, actorName: string | null, id = newId()): Promise<MessageView> {
    const { state, contactName } = addressed;
    const { type, contentType = 'text', contentAttributes = {}, externalId = null, inReplyTo = null } = wanted;
    const refused = refusal(state, type);
    if (refused) throw unprocessable(refused, { status: state.status });
    const attachments = await this.attachments(workspaceId, wanted);
    const words = messageWords(contentType, wanted.body, wanted.bodyHtml ?? null);
    if (attachments.length === 0 && saysNothing(contentType, words)) throw badRequest({ body: ['body must not be empty unless a file is attached'] });
    if (inReplyTo && !(await this.messages.isIn(workspaceId, state.id, inReplyTo))) {
      throw unprocessable('There is no message with this id in the conversation', { in_reply_to: inReplyTo });
    }
    const now = this.clock.now().toISOString();
    const author = authorOf(type, actor, { id: state.contactId, name: contactName }, addressed.actorName ?? actorName);
    const effects = messageEffects(state, type, author, now);
    const draft = { id, conversationId: state.id, type, ...words, contentType, contentAttributes, author, attachments, externalId, inReplyTo, createdAt: now };
    const message = await this.add(workspaceId, draft, effects);
    this.events.append(message.type === 'note' ? new NoteCreated(message.id, factsOf(message)) : new MessageCreated(message.id, factsOf(message)));
    await this.conversations.apply(workspaceId, state, effects.patch, now);
    return message;
  }

  private async attachments(workspaceId: string, { fileIds = [], inlineFiles = [] }: NewMessage): Promise<Attachment[]> {
    const names = new Map(inlineFiles.map(({ fileId, contentId }) => [fileId, contentId]));
    const found = await this.files.attachments(workspaceId, [...new Set([...fileIds, ...names.keys()])]);
    return found.map((file) => (names.has(file.id) ? { ...file, content_id: names.get(file.id), inline: true } : file));
  }

  private async add(...args: Parameters<MessagesRepository['add']>): Promise<MessageView> {
    try {
      return await this.messages.add(...args);
    } catch (error) {
      const { constraint } = error as { constraint?: string };
      throw constraint === 'messages_external' ? new DomainError('CONFLICT', 'There is a message with this external id already', { external_id: args[1].externalId }) : error;
    }
  }
}
