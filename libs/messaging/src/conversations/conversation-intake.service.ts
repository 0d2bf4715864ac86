import { Injectable } from '@nestjs/common';
import { badRequest, DomainError, Events, newId, refusing, UnitOfWork } from '@parley/kernel';
import { blocked, ContactsService, type ContactReference } from '@parley/identity';
import type { NewMessage } from '../messages/message.view.js';
import { MessageWriting } from '../messages/message-writing.service.js';
import { ConversationCreated } from '../messaging.events.js';
import { Participation } from '../participants/participation.service.js';
import { ConversationDrafting } from './conversation-drafting.service.js';
import { createdFacts } from './conversation-facts.js';
import type { ConversationState, ConversationView, Priority } from './conversation.view.js';
import { ConversationsRepository, type NewConversation } from './conversations.repository.js';
import { toldAs } from './told-as.js';

/** What a conversation is begun with. */
export interface ConversationToBegin {
  readonly subject?: string | null;
  readonly contact: ContactReference;
  readonly message?: NewMessage;
  readonly inboxId?: string | null;
  /** Default is the inbox's, and `api` without one. */
  readonly channel?: string;
  readonly status?: 'open' | 'pending';
  readonly priority?: Priority;
  /** Default is the inbox's team. */
  readonly teamId?: string | null;
  readonly assigneeId?: string | null;
  readonly tags?: readonly string[];
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Your own id of the conversation; unique in the workspace. */
  readonly externalId?: string | null;
}

/** Begins conversations. */
@Injectable()
export class ConversationIntake {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly contacts: ContactsService,
    private readonly messages: MessageWriting,
    private readonly drafting: ConversationDrafting,
    private readonly participation: Participation,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Begins a conversation with a contact, who is found or made, and with its first message if there is one.
   * @throws DomainError FORBIDDEN when it is the contact's own and they are blocked, UNPROCESSABLE when somebody it refers to is not there, CONFLICT when the external id is known.
   */
  begin(workspaceId: string, wanted: ConversationToBegin): Promise<ConversationView> {
    const { contact, message } = wanted;
    if (!contact.id && !contact.identifier && !contact.email && !contact.name && !contact.phone) {
      throw badRequest({
        contact: ['say who it is with: contact_id, or a contact with an identifier, email, phone or name'],
      });
    }
    return this.unitOfWork.run(async () => {
      const { id: resolvedId, blocked: isBlocked } = await this.contacts.resolve(workspaceId, contact, 'contact.');
      // The team may write to whoever it has blocked.
      if (isBlocked && (message ?? { type: 'comment' }).type === 'comment')
        throw blocked(contact.id === undefined ? null : resolvedId);
      const draft = await this.drafting.draft(workspaceId, wanted);
      const known =
        draft.externalId === null ? null : await this.conversations.idOfExternal(workspaceId, draft.externalId);
      if (known !== null) throw taken(draft.externalId, known);
      const contactId = await this.contacts.noteConversation(workspaceId, resolvedId);
      const state = await this.add(workspaceId, { ...draft, contactId });
      const messageId = message ? newId() : null;
      this.events.append(new ConversationCreated(state.id, createdFacts(state, messageId)));
      if (state.assigneeId) this.participation.tell(state, [state.assigneeId], () => 'assigned');
      if (message)
        await toldAs(
          (field) => `message.${field}`,
          () => this.messages.createFirst(workspaceId, state.id, message, messageId!),
        );
      return (await this.conversations.find(workspaceId, state.id))!;
    });
  }

  private add(workspaceId: string, draft: NewConversation): Promise<ConversationState> {
    return refusing({ conversations_external: () => taken(draft.externalId) }, () =>
      this.conversations.add(workspaceId, draft),
    );
  }
}

/** The refusal of an external id that a conversation has; its id is not known when it has only just come. */
function taken(externalId: string | null, id: string | null = null): DomainError {
  return new DomainError('CONFLICT', 'There is a conversation with this external id already', {
    field: 'external_id',
    external_id: externalId,
    id,
  });
}
