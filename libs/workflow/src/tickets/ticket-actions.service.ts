import { Injectable } from '@nestjs/common';
import {
  assertCustomFieldsSize,
  AttributeValidator,
  ContactTicketCountsService,
  mergeCustomFields,
  TagNamesService,
} from '@parley/identity';
import { invalidInputError, sentence, unprocessableError } from '@parley/kernel';
import { currentHiddenInboxIds } from '@parley/kernel/auth';
import { ConversationAssignmentService } from '@parley/messaging';
import { TicketStatusesService } from '../ticket-statuses/ticket-statuses.service.js';
import { TicketTypesService } from '../ticket-types/ticket-types.service.js';
import { assertFormComplete } from './ticket-form.js';
import { transitionTicket } from './ticket-status.js';
import { TicketUpdater, type TicketDecision } from './ticket-updater.service.js';
import type { TicketPatch, TicketState, TicketStatus, TicketView, UpdateTicketInput } from './ticket.view.js';

/** Updates tickets and their status. */
@Injectable()
export class TicketActionsService {
  constructor(
    private readonly updater: TicketUpdater,
    private readonly assignment: ConversationAssignmentService,
    private readonly types: TicketTypesService,
    private readonly statuses: TicketStatusesService,
    private readonly attributeValidator: AttributeValidator,
    private readonly tagNames: TagNamesService,
    private readonly ticketCounts: ContactTicketCountsService,
  ) {}

  /** @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST, UNPROCESSABLE, CONFLICT */
  update(
    workspaceId: string,
    id: string,
    input: UpdateTicketInput,
    expectedVersion: number | null = null,
  ): Promise<TicketView> {
    return this.updater.update(workspaceId, id, this.buildDecision(workspaceId, input), { expectedVersion });
  }

  resolve(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<TicketView> {
    return this.update(workspaceId, id, { status: 'resolved' }, expectedVersion);
  }

  close(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<TicketView> {
    return this.update(workspaceId, id, { status: 'closed' }, expectedVersion);
  }

  /** Sets the status to `open`, from any other status. */
  reopen(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<TicketView> {
    return this.update(workspaceId, id, { status: 'open' }, expectedVersion);
  }

  /** Returns the function that computes the patch for the locked state. */
  private buildDecision(workspaceId: string, input: UpdateTicketInput): TicketDecision {
    const { status, customStatusId, customFields, addTags: _add, removeTags: _remove, contactId, ...fields } = input;
    return async (state, now) => {
      await this.assignment.assertAssignable(workspaceId, fields, state.inboxId);
      return {
        ...fields,
        ...(await this.assignment.releaseWithoutAccess(workspaceId, state, fields)),
        customFields: await this.applyCustomFields(workspaceId, state, fields.typeId, customFields),
        tags: await this.tagNames.applyChange(workspaceId, state.tags, input),
        ...(await this.buildStatusPatch(workspaceId, state, status, customStatusId, now)),
        ...(await this.moveToContact(workspaceId, state, contactId)),
      };
    };
  }

  /** Merges the fields and checks the form of the type if the type or the fields change. */
  private async applyCustomFields(
    workspaceId: string,
    state: TicketState,
    newTypeId: string | null | undefined,
    customFields: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    if (customFields === undefined && newTypeId === undefined) return undefined;
    await this.attributeValidator.assertValid(
      workspaceId,
      'ticket',
      customFields && mergeCustomFields({}, customFields),
    );
    const merged = mergeCustomFields(state.customFields, customFields ?? {});
    assertCustomFieldsSize(merged);
    const typeId = newTypeId === undefined ? state.typeId : newTypeId;
    // The type of the ticket may have been deleted.
    if (newTypeId) assertFormComplete(await this.types.getReferenced(workspaceId, newTypeId), merged);
    else if (typeId !== null) {
      const type = await this.types.find(workspaceId, typeId);
      if (type) assertFormComplete(type, merged);
    }
    return merged;
  }

  private async buildStatusPatch(
    workspaceId: string,
    state: TicketState,
    status: TicketStatus | undefined,
    customStatusId: string | null | undefined,
    now: string,
  ): Promise<TicketPatch> {
    const custom = customStatusId ? await this.statuses.getReferenced(workspaceId, customStatusId) : null;
    if (custom && status !== undefined && status !== custom.category)
      throw invalidInputError(
        'customStatusId',
        sentence`The custom status "${custom.name}" belongs to the status ${custom.category}, not to ${status}`,
      );
    const to = custom?.category ?? status;
    if (to !== undefined && to !== state.status && state.mergedInto !== null)
      throw unprocessableError(
        'The ticket is merged into another ticket',
        currentHiddenInboxIds().length === 0 ? { mergedInto: state.mergedInto } : {},
      );
    const transition = to === undefined ? { patch: {} } : transitionTicket(state, to, now);
    if ('allowed' in transition)
      throw unprocessableError(`A ${state.status} ticket cannot become ${to}`, {
        from: state.status,
        to,
        allowed: transition.allowed,
      });
    return { ...transition.patch, ...(customStatusId !== undefined && { customStatusId }) };
  }

  private async moveToContact(
    workspaceId: string,
    state: TicketState,
    contactId: string | undefined,
  ): Promise<Pick<TicketPatch, 'contactId'>> {
    if (contactId === undefined || contactId === state.contactId) return {};
    const newId = await this.ticketCounts.recordTicketAdded(workspaceId, contactId);
    await this.ticketCounts.recordTicketRemoved(workspaceId, state.contactId);
    return { contactId: newId };
  }
}
