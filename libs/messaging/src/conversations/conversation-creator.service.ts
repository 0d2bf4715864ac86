import { Injectable } from '@nestjs/common';
import { atPath, fieldConflictError, FieldConflictError, invalidInputError, newId, sentence } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { contactBlockedError, ContactsService } from '@parley/identity';
import { MessageCreator } from '../messages/message-creator.service.js';
import { ConversationCreated, ConversationParticipantAdded } from '../messaging.events.js';
import { ConversationBuilder } from './conversation-builder.service.js';
import type { CreateConversationInput } from './create-conversation-input.js';
import { conversationCreatedData } from './conversation-diff.js';
import type { ConversationState, ConversationView } from './conversation.view.js';
import { ConversationsRepository, type NewConversationRow } from './conversations.repository.js';

/** Creates conversations. */
@Injectable()
export class ConversationCreator {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly contacts: ContactsService,
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
      const existingId =
        draft.externalId === null ? null : await this.conversations.findIdByExternalId(workspaceId, draft.externalId);
      if (existingId !== null) {
        const visible = await this.conversations.find(workspaceId, existingId);
        throw externalIdConflictError(draft.externalId, visible && visible.id);
      }
      const contactId = await this.contacts.recordConversationStarted(workspaceId, resolved.id);
      const state = await this.add(workspaceId, { ...draft, contactId });
      const messageId = message ? newId() : null;
      this.events.append(new ConversationCreated(state.id, conversationCreatedData(state, messageId)));
      if (state.assigneeId) {
        const data = { user_id: state.assigneeId, reason: 'assigned', contact_id: contactId } as const;
        this.events.append(new ConversationParticipantAdded(state.id, data));
      }
      // The contact was merged meanwhile if it is another one.
      const author = contactId === resolved.id ? resolved : await this.contacts.get(workspaceId, contactId);
      if (message)
        await atPath(['message'], () =>
          this.messageCreator.createFirst(workspaceId, state, author, message, messageId!),
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

/** `id` is null when a concurrent request has just inserted the conversation, or the caller cannot see it. */
function externalIdConflictError(externalId: string | null, id: string | null = null): FieldConflictError {
  const message = sentence`A conversation with this ${['externalId']} already exists`;
  return fieldConflictError('externalId', message, { externalId, id });
}
