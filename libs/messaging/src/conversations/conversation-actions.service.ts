import { Injectable } from '@nestjs/common';
import { assertBounded, AttributeChecks, blocked, ContactsService, mergedFields } from '@parley/identity';
import { badRequestError } from '@parley/kernel';
import { ConversationAssignmentService } from './conversation-assignment.service.js';
import { ConversationUpdater, currentInitiator, buildStatusPatch } from './conversation-updater.service.js';
import type {
  UpdateConversationInput,
  ConversationPatch,
  ConversationState,
  ConversationStatus,
  ConversationView,
} from './conversation.view.js';
import { withErrorFieldNames } from './error-field-names.js';

/** Changes conversations. */
@Injectable()
export class ConversationActionsService {
  constructor(
    private readonly updater: ConversationUpdater,
    private readonly assignment: ConversationAssignmentService,
    private readonly attributeValidator: AttributeChecks,
    private readonly contacts: ContactsService,
  ) {}

  /** @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST, UNPROCESSABLE, FORBIDDEN when it is to be with a blocked contact. */
  update(
    workspaceId: string,
    id: string,
    input: UpdateConversationInput,
    expectedVersion: number | null = null,
  ): Promise<ConversationView> {
    const { status, snoozedUntil, addTags, removeTags, customFields, contactId, ...fields } = input;
    return this.updater.update(
      workspaceId,
      id,
      async (state, now) => {
        const to = resolveRequestedStatus(state.status, status, snoozedUntil);
        await this.attributeValidator.assertValid(
          workspaceId,
          'conversation',
          customFields && mergedFields({}, customFields),
        );
        await this.assignment.assertAssignable(workspaceId, fields);
        await this.assignment.resolveInbox(workspaceId, fields.inboxId);
        const statusFields = to
          ? buildStatusPatch(state, to, currentInitiator(), now, assertFuture(now, snoozedUntil ?? null))
          : {};
        const mergedCustomFields = customFields && mergedFields(state.customFields, customFields);
        if (mergedCustomFields) assertBounded(mergedCustomFields);
        return {
          ...fields,
          customFields: mergedCustomFields,
          ...(await this.resolveContactChange(workspaceId, state, contactId)),
          tags: applyTagChanges(state.tags, input),
          ...statusFields,
        };
      },
      expectedVersion,
    );
  }

  /** Puts a conversation aside: until a time, or until the customer writes. @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST, UNPROCESSABLE */
  snooze(
    workspaceId: string,
    id: string,
    until: string | null,
    expectedVersion: number | null = null,
  ): Promise<ConversationView> {
    const mapField = (field: string): string => (field === 'snoozed_until' ? 'until' : field);
    return withErrorFieldNames(mapField, () =>
      this.update(workspaceId, id, { status: 'snoozed', snoozedUntil: until }, expectedVersion),
    );
  }

  resolve(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.update(workspaceId, id, { status: 'resolved' }, expectedVersion);
  }

  close(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.update(workspaceId, id, { status: 'closed' }, expectedVersion);
  }

  /** Opens a conversation again, whatever it is: resolved, closed, snoozed or pending. */
  reopen(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.update(workspaceId, id, { status: 'open' }, expectedVersion);
  }

  /** Ends a snooze; nothing happens to a conversation that is not snoozed. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  unsnooze(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.updater.update(
      workspaceId,
      id,
      (state, now) => (state.status === 'snoozed' ? buildStatusPatch(state, 'open', currentInitiator(), now) : {}),
      expectedVersion,
    );
  }

  /** Sets one field of the workspace's own; null or undefined removes it. @throws DomainError NOT_FOUND, BAD_REQUEST */
  setCustomField(workspaceId: string, id: string, field: string, value: unknown): Promise<ConversationView> {
    return this.update(workspaceId, id, { customFields: { [field]: value ?? null } });
  }

  /** Adds and removes tags; both may name what is there or not there already. */
  updateTags(
    workspaceId: string,
    id: string,
    { add, remove }: { add?: readonly string[]; remove?: readonly string[] },
  ): Promise<ConversationView> {
    return this.update(workspaceId, id, { addTags: add, removeTags: remove });
  }

  /** Whose it is from now on; what the former customer said stays theirs. */
  private async resolveContactChange(
    workspaceId: string,
    state: ConversationState,
    requested: string | undefined,
  ): Promise<Pick<ConversationPatch, 'contactId'>> {
    if (requested === undefined || requested === state.contactId) return {};
    const contact = await this.contacts.resolve(workspaceId, { id: requested });
    if (contact.id === state.contactId) return {};
    if (contact.blocked) throw blocked(contact.id);
    return { contactId: await this.contacts.recordConversationStarted(workspaceId, contact.id) };
  }
}

/** The status to go to. A time alone moves the end of a snooze; null says no more than another status does. @throws DomainError BAD_REQUEST for a time that goes with no snooze. */
function resolveRequestedStatus(
  current: ConversationStatus,
  status: ConversationStatus | undefined,
  snoozedUntil: string | null | undefined,
): ConversationStatus | undefined {
  const requestedStatus = status ?? (current === 'snoozed' && snoozedUntil !== undefined ? 'snoozed' : undefined);
  if (snoozedUntil != null && requestedStatus !== 'snoozed')
    throw badRequestError({ snoozed_until: ['snoozed_until goes with the status snoozed only'] });
  return requestedStatus;
}

function applyTagChanges(
  current: readonly string[],
  { tags = current, addTags = [], removeTags = [] }: UpdateConversationInput,
): string[] {
  const requested = [...new Set([...tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
  if (requested.length > MAX_TAGS) throw badRequestError({ tags: [`A conversation has at most ${MAX_TAGS} tags`] });
  return requested;
}

/** Most tags on one conversation. */
export const MAX_TAGS = 50;

function assertFuture(now: string, until: string | null): string | null {
  if (until === null) return null;
  const time = new Date(until);
  if (!(time.getTime() > Date.parse(now)))
    throw badRequestError({ snoozed_until: ['snoozed_until must lie in the future'] });
  return time.toISOString();
}
