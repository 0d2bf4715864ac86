import { Injectable } from '@nestjs/common';
import {
  Clock,
  currentActor,
  fieldConflictError,
  FieldConflictError,
  newId,
  notFoundError,
  sentence,
  unprocessableError,
} from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { Timers } from '@parley/kernel/timers';
import { contactBlockedError, ContactResolver } from '@parley/identity';
import { buildChangeEvent, diffConversation } from '../conversations/conversation-diff.js';
import { isReopening } from '../conversations/conversation-status.js';
import { UNSNOOZE_TIMER } from '../conversations/conversation-updater.service.js';
import type { ConversationPatch, ConversationState } from '../conversations/conversation.view.js';
import { MessageBuilder } from './message-builder.service.js';
import { buildCreationEvents, messageEffects, findMessageObstacle, statusEffects } from './message-effects.js';
import type { MessageView, CreateMessageInput } from './message.view.js';
import { MessageCreationRepository, type LockedConversation } from './message-creation.repository.js';

interface CreationOptions {
  /** ID of the new message. */
  readonly id: string;
  readonly now: string;
  /** True for the first message of a new conversation. */
  readonly isFirst?: boolean;
  /** Change of the status of the conversation. A new conversation keeps its requested status. */
  readonly patch?: ConversationPatch;
}

/** Creates messages. */
@Injectable()
export class MessageCreator {
  constructor(
    private readonly messages: MessageCreationRepository,
    private readonly builder: MessageBuilder,
    private readonly contacts: ContactResolver,
    private readonly timers: Timers,
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
    return this.builder.storePastedImages(workspaceId, input, (stored) =>
      this.unitOfWork.run(async () => {
        const locked = await this.lockConversation(workspaceId, conversationId);
        if (!locked) throw notFoundError('Conversation');
        return this.createAndReopen(workspaceId, locked, stored, actorName);
      }),
    );
  }

  /** Creates the first message of a new conversation with the given id, in the caller's unit of work. */
  async createFirst(
    workspaceId: string,
    state: ConversationState,
    contact: { readonly name: string | null; readonly blocked: boolean },
    input: CreateMessageInput,
    id: string,
  ): Promise<void> {
    // A comment needs no name of the actor, and no other transaction can see the conversation yet. Callers can create
    // conversations in inboxes that are hidden from them.
    const now = this.clock.now().toISOString();
    const conversation =
      input.type === 'comment'
        ? { state, contactName: contact.name, contactBlocked: contact.blocked, actorName: null }
        : (await withHiddenInboxes([], () => this.lockConversation(workspaceId, state.id)))!;
    await this.builder.storePastedImages(workspaceId, input, (stored) =>
      this.createInConversation(workspaceId, conversation, stored, null, { id, now, isFirst: true }),
    );
  }

  /** Creates a message and applies the change of status that follows from it. */
  private async createAndReopen(
    workspaceId: string,
    locked: LockedConversation,
    input: CreateMessageInput,
    actorName: string | null,
  ): Promise<MessageView> {
    const { state } = locked;
    if (input.type === 'comment')
      this.unitOfWork.sendWithCommit(() => this.contacts.touchLastSeen(workspaceId, state.contactId));
    const now = this.clock.now().toISOString();
    const statusPatch = statusEffects(state, input.type, now);
    const { changed, patch } = diffConversation(state, await this.completeReopening(workspaceId, state, statusPatch));
    const message = await this.createInConversation(workspaceId, locked, input, actorName, { id: newId(), now, patch });
    const changeEvent = buildChangeEvent(state, changed);
    if (changeEvent) this.events.append(changeEvent);
    if (patch.snoozedUntil === null) await this.timers.cancel(workspaceId, UNSNOOZE_TIMER, state.id);
    return message;
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
    { id, now, isFirst = false, patch = {} }: CreationOptions,
  ): Promise<MessageView> {
    const { state } = locked;
    await this.assertAllowed(workspaceId, locked, input);
    const draft = await this.builder.build(workspaceId, locked, input, actorName);
    const { author } = draft;
    const { message, joined: joinedIds } = await this.add(
      workspaceId,
      { ...draft, id, conversationId: state.id, createdAt: now },
      {
        ...state,
        ...messageEffects(state, input.type, author, now),
        ...patch,
        version: state.version + (patch.status === undefined ? 0 : 1),
      },
      [...(author.type === 'user' ? [author.id!] : []), ...draft.mentions],
    );
    for (const event of buildCreationEvents(state, message, joinedIds, isFirst)) this.events.append(event);
    return message;
  }

  /** The wait and the unread count start with the new comment. An inactive assignee is removed. */
  private async completeReopening(
    workspaceId: string,
    state: ConversationState,
    patch: ConversationPatch,
  ): Promise<ConversationPatch> {
    if (!isReopening(state.status, patch.status)) return patch;
    return { ...patch, assigneeId: await this.builder.findActiveAssignee(workspaceId, state) };
  }

  /** @throws DomainError UNPROCESSABLE, FORBIDDEN, CONFLICT */
  private async assertAllowed(
    workspaceId: string,
    { state, contactBlocked }: LockedConversation,
    { type, externalId }: CreateMessageInput,
  ): Promise<void> {
    const obstacle = findMessageObstacle(state, type);
    if (obstacle) throw unprocessableError(obstacle, { status: state.status });
    if (type === 'comment' && contactBlocked) throw contactBlockedError(state.contactId);
    const existing = externalId ? await this.messages.findByExternalId(workspaceId, externalId) : null;
    if (existing) throw externalIdConflictError(externalId!, existing.isVisible ? existing.id : null);
  }

  private add(...args: Parameters<MessageCreationRepository['add']>): ReturnType<MessageCreationRepository['add']> {
    return mapConstraintErrors({ messages_external: () => externalIdConflictError(args[1].externalId!) }, () =>
      this.messages.add(...args),
    );
  }
}

/** `id` is null when a concurrent request has just inserted the message, or the caller cannot see it. */
function externalIdConflictError(externalId: string, id: string | null = null): FieldConflictError {
  const message = sentence`A message with this ${['externalId']} already exists`;
  return fieldConflictError('externalId', message, { externalId, id });
}
