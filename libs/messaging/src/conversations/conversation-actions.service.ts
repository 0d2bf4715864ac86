import { Injectable } from '@nestjs/common';
import {
  assertCustomFieldsSize,
  AttributeValidator,
  contactBlockedError,
  ContactResolver,
  mergeCustomFields,
  TagNamesService,
} from '@parley/identity';
import { invalidInputError } from '@parley/kernel';
import { ConversationAssignmentService } from './conversation-assignment.service.js';
import { ConversationUpdater, currentInitiator, buildStatusPatch } from './conversation-updater.service.js';
import type {
  UpdateConversationInput,
  ConversationPatch,
  ConversationState,
  ConversationStatus,
  ConversationView,
} from './conversation.view.js';

/** Updates conversations and their status. */
@Injectable()
export class ConversationActionsService {
  constructor(
    private readonly updater: ConversationUpdater,
    private readonly assignment: ConversationAssignmentService,
    private readonly attributeValidator: AttributeValidator,
    private readonly contacts: ContactResolver,
    private readonly tagNames: TagNamesService,
  ) {}

  /**
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST, UNPROCESSABLE, FORBIDDEN when the new contact is
   * blocked.
   */
  update(
    workspaceId: string,
    id: string,
    input: UpdateConversationInput,
    expectedVersion: number | null = null,
  ): Promise<ConversationView> {
    const decide = this.buildDecision(workspaceId, input);
    return this.updater.update(workspaceId, id, decide, expectedVersion);
  }

  /** Returns the conversation before and after the update. @throws the same errors as {@link update}. */
  async updateAndCompare(
    workspaceId: string,
    id: string,
    input: UpdateConversationInput,
  ): Promise<{ before: ConversationState; after: ConversationState }> {
    let before!: ConversationState;
    const decide = this.buildDecision(workspaceId, input);
    const after = await this.updater.update(workspaceId, id, (state, now) => {
      before = state;
      return decide(state, now);
    });
    return { before, after };
  }

  /** Updates the conversation without reading the result. */
  applyUpdate(workspaceId: string, id: string, input: UpdateConversationInput): Promise<void> {
    return this.updater.applyUpdate(workspaceId, id, this.buildDecision(workspaceId, input));
  }

  /**
   * Snoozes a conversation until a time, or until the customer writes if `until` is null.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST, UNPROCESSABLE
   */
  snooze(
    workspaceId: string,
    id: string,
    until: string | null,
    expectedVersion: number | null = null,
  ): Promise<ConversationView> {
    return this.update(workspaceId, id, { status: 'snoozed', snoozedUntil: until }, expectedVersion);
  }

  resolve(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.update(workspaceId, id, { status: 'resolved' }, expectedVersion);
  }

  close(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.update(workspaceId, id, { status: 'closed' }, expectedVersion);
  }

  /** Sets the status to `open`, from any other status. */
  reopen(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.update(workspaceId, id, { status: 'open' }, expectedVersion);
  }

  /**
   * Ends a snooze. Does nothing if the conversation is not snoozed.
   * @throws DomainError NOT_FOUND, PRECONDITION_FAILED
   */
  unsnooze(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.updater.update(
      workspaceId,
      id,
      (state, now) => (state.status === 'snoozed' ? buildStatusPatch(state, 'open', currentInitiator(), now) : {}),
      expectedVersion,
    );
  }

  /** Returns the function that computes the patch for the locked state. */
  private buildDecision(
    workspaceId: string,
    input: UpdateConversationInput,
  ): (state: ConversationState, now: string) => Promise<ConversationPatch> {
    const { status, snoozedUntil, addTags, removeTags, customFields, contactId, ...fields } = input;
    return async (state, now) => {
      const to = resolveRequestedStatus(state.status, status, snoozedUntil);
      await this.attributeValidator.assertValid(
        workspaceId,
        'conversation',
        customFields && mergeCustomFields({}, customFields),
      );
      await this.assignment.assertAssignable(workspaceId, fields, state.inboxId);
      const statusFields = to
        ? buildStatusPatch(state, to, currentInitiator(), now, assertFuture(now, snoozedUntil ?? null))
        : {};
      const mergedCustomFields = customFields && mergeCustomFields(state.customFields, customFields);
      if (mergedCustomFields) assertCustomFieldsSize(mergedCustomFields);
      return {
        ...fields,
        ...(await this.assignment.releaseWithoutAccess(workspaceId, state, fields)),
        customFields: mergedCustomFields,
        ...(await this.resolveContactChange(workspaceId, state, contactId)),
        tags: await this.tagNames.applyChange(workspaceId, state.tags, input),
        ...statusFields,
      };
    };
  }

  /** Resolves the new contact. Messages of the previous contact keep their author. */
  private async resolveContactChange(
    workspaceId: string,
    state: ConversationState,
    requested: string | undefined,
  ): Promise<Pick<ConversationPatch, 'contactId'>> {
    if (requested === undefined || requested === state.contactId) return {};
    const contact = await this.contacts.resolve(workspaceId, { id: requested });
    if (contact.id === state.contactId) return {};
    if (contact.blocked) throw contactBlockedError(contact.id);
    return { contactId: (await this.contacts.recordConversationStarted(workspaceId, contact.id)).id };
  }
}

/**
 * Returns the requested status. `snoozedUntil` without a status changes the end of a current snooze; null is accepted
 * with every status.
 * @throws DomainError BAD_REQUEST when a time is given and the status is not `snoozed`.
 */
function resolveRequestedStatus(
  current: ConversationStatus,
  status: ConversationStatus | undefined,
  snoozedUntil: string | null | undefined,
): ConversationStatus | undefined {
  const requestedStatus = status ?? (current === 'snoozed' && snoozedUntil !== undefined ? 'snoozed' : undefined);
  if (snoozedUntil != null && requestedStatus !== 'snoozed')
    throw invalidInputError('snoozedUntil', 'is only allowed with the status snoozed');
  return requestedStatus;
}

function assertFuture(now: string, until: string | null): string | null {
  if (until === null) return null;
  const time = new Date(until);
  if (!(time.getTime() > Date.parse(now))) throw invalidInputError('snoozedUntil', 'must be in the future');
  return time.toISOString();
}
