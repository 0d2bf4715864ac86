import { Injectable } from '@nestjs/common';
import { ContactTicketCountsService } from '@parley/identity';
import { invalidInputError, sentence, unprocessableFieldError } from '@parley/kernel';
import { withHiddenInboxes } from '@parley/kernel/auth';
import { mapConstraintErrors, UnitOfWork } from '@parley/kernel/database';
import { Events } from '@parley/kernel/events';
import { ConversationCreator, ConversationsService, type ConversationView } from '@parley/messaging';
import { TicketCreated } from '../ticket.events.js';
import { TicketBuilder, type TicketDraft } from './ticket-builder.service.js';
import { ticketExternalIdConflictError } from './ticket-errors.js';
import type { CreateTicketInput, TicketState, TicketView } from './ticket.view.js';
import { TicketsRepository } from './tickets.repository.js';

/** Creates tickets. */
@Injectable()
export class TicketCreator {
  constructor(
    private readonly tickets: TicketsRepository,
    private readonly builder: TicketBuilder,
    private readonly conversations: ConversationsService,
    private readonly conversationCreator: ConversationCreator,
    private readonly ticketCounts: ContactTicketCountsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
  ) {}

  /**
   * Creates a ticket in an existing conversation, or with a new one whose first message is the description.
   * @throws DomainError BAD_REQUEST; FORBIDDEN when the contact is blocked; UNPROCESSABLE when a referenced object does
   * not exist; CONFLICT when the external ID is used.
   */
  create(workspaceId: string, input: CreateTicketInput): Promise<TicketView> {
    if (input.conversationId !== undefined && input.contact !== undefined)
      throw invalidInputError('contact', sentence`Pass either \`${['contact']}\` or \`${['conversationId']}\``);
    if (input.conversationId === undefined && input.contact === undefined)
      throw invalidInputError('contact', 'is required without a conversation');
    return this.unitOfWork.run(async () => {
      const existing = await this.findConversation(workspaceId, input.conversationId);
      const draft = await this.builder.build(workspaceId, input, existing);
      await this.assertUnusedExternalId(workspaceId, draft.externalId);
      const conversation = existing ?? (await this.createConversation(workspaceId, input, draft));
      const contactId = await this.ticketCounts.recordTicketAdded(workspaceId, conversation.contactId);
      const row = { ...draft, contactId, conversationId: conversation.id, ownsConversation: existing === null };
      const state = await mapConstraintErrors(
        { tickets_external: () => ticketExternalIdConflictError(draft.externalId) },
        () => this.tickets.add(workspaceId, row),
      );
      this.events.append(new TicketCreated(state.id, ticketCreatedData(state)));
      return (await withHiddenInboxes([], () => this.tickets.find(workspaceId, state.id)))!;
    });
  }

  private async findConversation(workspaceId: string, id: string | undefined): Promise<ConversationView | null> {
    if (id === undefined) return null;
    const conversation = await this.conversations.find(workspaceId, id);
    if (!conversation) throw unprocessableFieldError('conversationId', 'is not the ID of a conversation', id);
    if (conversation.mergedInto !== null)
      throw unprocessableFieldError('conversationId', 'is merged into another conversation', id);
    return conversation;
  }

  private async assertUnusedExternalId(workspaceId: string, externalId: string | null): Promise<void> {
    if (externalId === null) return;
    const id = await this.tickets.findIdByExternalId(workspaceId, externalId);
    if (id === null) return;
    const visible = await this.tickets.find(workspaceId, id);
    throw ticketExternalIdConflictError(externalId, visible && visible.id);
  }

  private createConversation(
    workspaceId: string,
    { contact, description }: CreateTicketInput,
    draft: TicketDraft,
  ): Promise<ConversationView> {
    const { subject, status, priority, inboxId, teamId, assigneeId } = draft;
    return this.conversationCreator.create(workspaceId, {
      contact: contact!,
      subject,
      status: status === 'pending' ? 'pending' : 'open',
      priority,
      inboxId,
      teamId,
      assigneeId,
      ...(description?.trim() && { message: { type: 'comment', body: description } }),
    });
  }
}

function ticketCreatedData(state: TicketState): TicketCreated['data'] {
  return {
    number: state.number,
    contact_id: state.contactId,
    conversation_id: state.conversationId,
    type_id: state.typeId,
    inbox_id: state.inboxId,
    team_id: state.teamId,
    assignee_id: state.assigneeId,
    status: state.status,
    priority: state.priority,
    tags: state.tags,
  };
}
