import { Injectable } from '@nestjs/common';
import { atPath, fieldConflictError, FieldConflictError, invalidInputError, newId, sentence } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { contactBlockedError, ContactResolver } from '@parley/identity';
import { MessageCreator } from '../messages/message-creator.service.js';
import { ConversationCreated, ConversationParticipantAdded } from '../messaging.events.js';
import { ConversationBuilder } from './conversation-builder.service.js';
import type { CreateConversationInput } from './create-conversation-input.js';
import type { ConversationState, ConversationView } from './conversation.view.js';
import { ConversationsRepository, type NewConversationRow } from './conversations.repository.js';

/** Creates conversations. */
@Injectable()
export class ConversationCreator {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly contacts: ContactResolver,
    private readonly messageCreator: MessageCreator,
    private readonly builder: ConversationBuilder,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Creates a conversation. Finds or creates the contact, and creates the first message if `message` is given.
   * @throws DomainError FORBIDDEN when the contact starts the conversation and is blocked, UNPROCESSABLE when a
   * referenced object does not exist, CONFLICT when the external id is already used.
   */
  async create(workspaceId: string, input: CreateConversationInput): Promise<ConversationView> {
    const { contact, message } = input;
    if (!contact.id && !contact.identifier && !contact.email && !contact.name && !contact.phone) {
      throw invalidInputError(
        'contact',
        sentence`Pass \`${['contactId']}\`, or a contact with an identifier, email, phone or name`,
      );
    }
    const { view } = await this.unitOfWork.run(async () => {
      const resolved = await atPath(['contact'], () => this.contacts.resolve(workspaceId, contact));
      // Agents can start conversations with blocked contacts.
      if (resolved.blocked && (message ?? { type: 'comment' }).type === 'comment')
        throw contactBlockedError(contact.id === undefined ? null : resolved.id);
      const draft = await this.builder.build(workspaceId, input);
      const existing =
        draft.externalId === null ? null : await this.conversations.findByExternalId(workspaceId, draft.externalId);
      if (existing) throw externalIdConflictError(draft.externalId, existing.isVisible ? existing.id : null);
      // Another contact than `resolved` if that was merged meanwhile.
      const started = await this.contacts.recordConversationStarted(workspaceId, resolved.id);
      const contactId = started.id;
      const state = await this.add(workspaceId, { ...draft, contactId });
      const messageId = message ? newId() : null;
      this.events.append(new ConversationCreated(state.id, conversationCreatedData(state, messageId)));
      if (state.assigneeId) {
        const data = { user_id: state.assigneeId, reason: 'assigned', contact_id: contactId } as const;
        this.events.append(new ConversationParticipantAdded(state.id, data));
      }
      if (message)
        await atPath(['message'], () =>
          this.messageCreator.createFirst(workspaceId, state, started, message, messageId!),
        );
      // Not awaited, so that it travels with the commit. A failed commit reports the error of both.
      const view = withHiddenInboxes([], () => this.conversations.find(workspaceId, state.id));
      view.catch(() => undefined);
      return { view };
    });
    return (await view)!;
  }

  private add(workspaceId: string, draft: NewConversationRow): Promise<ConversationState> {
    return mapConstraintErrors({ conversations_external: () => externalIdConflictError(draft.externalId) }, () =>
      this.conversations.add(workspaceId, draft),
    );
  }
}

/** Data of a `conversation.created` event. */
export function conversationCreatedData(
  state: ConversationState,
  messageId: string | null,
): ConversationCreated['data'] {
  return {
    number: state.number,
    channel: state.channel,
    contact_id: state.contactId,
    inbox_id: state.inboxId,
    team_id: state.teamId,
    assignee_id: state.assigneeId,
    status: state.status,
    priority: state.priority,
    tags: state.tags,
    message_id: messageId,
  };
}

/** `id` is null when a concurrent request has just inserted the conversation, or the caller cannot see it. */
function externalIdConflictError(externalId: string | null, id: string | null = null): FieldConflictError {
  const message = sentence`A conversation with this ${['externalId']} already exists`;
  return fieldConflictError('externalId', message, { externalId, id });
}
