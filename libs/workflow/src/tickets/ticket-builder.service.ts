import { Injectable } from '@nestjs/common';
import { assertCustomFieldsSize, AttributeValidator, mergeCustomFields, TagNamesService } from '@parley/identity';
import { Clock, newId } from '@parley/kernel';
import type { ConversationView } from '@parley/messaging';
import { ReferencedObjectsService } from '@parley/teams';
import { TicketTypesService } from '../ticket-types/ticket-types.service.js';
import { assertFormComplete } from './ticket-form.js';
import type { CreateTicketInput } from './ticket.view.js';
import type { NewTicketRow } from './tickets.repository.js';

/** A ticket without its conversation and contact. */
export type TicketDraft = Omit<NewTicketRow, 'contactId' | 'conversationId' | 'ownsConversation'>;

/** Builds the row of a new ticket from its input and the defaults of its type, its conversation and its inbox. */
@Injectable()
export class TicketBuilder {
  constructor(
    private readonly types: TicketTypesService,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly attributeValidator: AttributeValidator,
    private readonly tagNames: TagNamesService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST for invalid fields, UNPROCESSABLE when a referenced object does not exist. */
  async build(
    workspaceId: string,
    input: CreateTicketInput,
    conversation: ConversationView | null,
  ): Promise<TicketDraft> {
    const customFields = mergeCustomFields({}, input.customFields ?? {});
    assertCustomFieldsSize(customFields);
    await this.attributeValidator.assertValid(workspaceId, 'ticket', customFields);
    const type = input.typeId ? await this.types.getReferenced(workspaceId, input.typeId) : null;
    if (type) assertFormComplete(type, customFields);
    const inboxId = input.inboxId === undefined ? (conversation?.inboxId ?? null) : input.inboxId;
    const { inbox } = await this.referencedObjects.resolve(
      workspaceId,
      { userId: input.assigneeId, teamId: input.teamId, inboxId, accessInboxId: inboxId },
      { userId: 'assigneeId' },
    );
    const { assigneeId = conversation?.assigneeId ?? null, description = null, externalId = null } = input;
    // The team of the type may have been deleted.
    const typeTeamId = type?.team?.name == null ? null : type.teamId;
    const defaultTeamId = typeTeamId ?? conversation?.teamId ?? inbox?.teamId ?? null;
    const teamId = input.teamId === undefined ? defaultTeamId : input.teamId;
    return {
      id: newId(),
      subject: input.subject,
      description,
      status: input.status ?? 'open',
      priority: input.priority ?? type?.defaultPriority ?? conversation?.priority ?? 'normal',
      typeId: type?.id ?? null,
      inboxId,
      assigneeId,
      teamId,
      tags: await this.tagNames.applyChange(workspaceId, [], { tags: input.tags ?? [] }),
      customFields,
      externalId,
      createdAt: this.clock.now().toISOString(),
    };
  }
}
