import { Injectable } from '@nestjs/common';
import { Clock, currentActor, DomainError, newId, notFoundError, unprocessableError } from '@parley/kernel';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { contactBlockedError, ContactsService } from '@parley/identity';
import { ConversationUpdater } from '../conversations/conversation-updater.service.js';
import { MessageCreated, NoteCreated } from '../messaging.events.js';
import { MessageBuilder } from './message-builder.service.js';
import { ParticipantsWriter } from '../participants/participants-writer.service.js';
import { messageEffects, findMessageObstacle } from './message-effects.js';
import { messageEventData } from './message-event-data.js';
import type { MessageView, CreateMessageInput } from './message.view.js';
import { MessagesRepository, type LockedConversation } from './messages.repository.js';

/** Creates messages. */
@Injectable()
export class MessageCreator {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly conversationUpdater: ConversationUpdater,
    private readonly builder: MessageBuilder,
    private readonly participantsWriter: ParticipantsWriter,
    private readonly contacts: ContactsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a message in a conversation. The author of a comment is always the contact; other messages
   * have the requested author or the actor.
   * @param actorName display name of actors that are not users, such as a rule.
   * @throws DomainError NOT_FOUND, FORBIDDEN for a comment of a blocked contact, UNPROCESSABLE when the conversation is
   * closed or a referenced file or message does not exist, CONFLICT when the external id is already used.
   */
  create(
    workspaceId: string,
    conversationId: string,
    input: CreateMessageInput,
    actorName: string | null = null,
  ): Promise<MessageView> {
    return this.unitOfWork.run(async () => {
      const locked = await this.lockConversation(workspaceId, conversationId);
      if (!locked) throw notFoundError('Conversation');
      // Runs concurrently with the creation, so that its statement is pipelined behind it.
      const creation = this.createInConversation(workspaceId, locked, input, actorName);
      const touch = input.type === 'comment' ? this.contacts.touchLastSeen(workspaceId, locked.state.contactId) : null;
      const [message] = await Promise.all([creation, touch]);
      return message;
    });
  }

  /** Creates the first message of a new conversation with the given id, in the caller's unit of work. */
  async createFirst(workspaceId: string, conversationId: string, input: CreateMessageInput, id: string): Promise<void> {
    await this.createInConversation(
      workspaceId,
      (await this.lockConversation(workspaceId, conversationId))!,
      input,
      null,
      { id, isFirst: true },
    );
  }

  private lockConversation(workspaceId: string, conversationId: string): Promise<LockedConversation | null> {
    const { kind, id } = currentActor();
    return this.messages.lockConversation(workspaceId, conversationId, kind === 'user' ? id : null);
  }

  private async createInConversation(
    workspaceId: string,
    locked: LockedConversation,
    input: CreateMessageInput,
    actorName: string | null,
    { id, isFirst = false }: { id: string; isFirst?: boolean } = { id: newId() },
  ): Promise<MessageView> {
    const { state } = locked;
    const { type } = input;
    const obstacle = findMessageObstacle(state, type);
    if (obstacle) throw unprocessableError(obstacle, { status: state.status });
    if (type === 'comment' && locked.contactBlocked) throw contactBlockedError(state.contactId);
    const existingId = input.externalId ? await this.messages.findIdByExternalId(workspaceId, input.externalId) : null;
    if (existingId !== null) throw externalIdConflictError(input.externalId!, existingId);
    const draft = await this.builder.build(workspaceId, locked, input, actorName);
    const { author } = draft;
    const now = this.clock.now().toISOString();
    const effects = messageEffects(state, type, author, now);
    const followers = [...(author.type === 'user' ? [author.id!] : []), ...draft.mentions];
    const { message, joined: joinedIds } = await this.add(
      workspaceId,
      { ...draft, id, conversationId: state.id, createdAt: now },
      effects,
      followers,
    );
    const eventData = {
      ...messageEventData(message, state.contactId),
      ...(isFirst && { is_first_message: true as const }),
    };
    this.events.append(
      type === 'note'
        ? new NoteCreated(id, { ...eventData, mentions: message.mentions })
        : new MessageCreated(id, eventData),
    );
    this.participantsWriter.emitAdded(state, joinedIds, (userId) =>
      userId !== author.id ? 'mentioned' : type === 'note' ? 'noted' : 'replied',
    );
    // A new conversation keeps its requested status.
    if (!isFirst) await this.conversationUpdater.apply(workspaceId, state, effects.patch, now);
    return message;
  }

  private add(...args: Parameters<MessagesRepository['add']>): ReturnType<MessagesRepository['add']> {
    return mapConstraintErrors({ messages_external: () => externalIdConflictError(args[1].externalId!) }, () =>
      this.messages.add(...args),
    );
  }
}

/** `id` is null when a concurrent request has just inserted the message. */
function externalIdConflictError(externalId: string, id: string | null = null): DomainError {
  return new DomainError('CONFLICT', 'A message with this external_id already exists', {
    field: 'external_id',
    external_id: externalId,
    id,
  });
}
