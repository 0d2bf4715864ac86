import { Injectable } from '@nestjs/common';
import { assertBounded, AttributeChecks, blocked, ContactsService, mergedFields } from '@parley/identity';
import { badRequest } from '@parley/kernel';
import { ConversationAssignment } from './conversation-assignment.service.js';
import { ConversationChanges, moverNow, statusPatch } from './conversation-change.service.js';
import type {
  ConversationEdit,
  ConversationPatch,
  ConversationState,
  ConversationStatus,
  ConversationView,
} from './conversation.view.js';
import { toldAs } from './told-as.js';

/** Changes conversations. */
@Injectable()
export class ConversationEdits {
  constructor(
    private readonly changes: ConversationChanges,
    private readonly assignment: ConversationAssignment,
    private readonly attributes: AttributeChecks,
    private readonly contacts: ContactsService,
  ) {}

  /** @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST, UNPROCESSABLE, FORBIDDEN when it is to be with a blocked contact. */
  edit(
    workspaceId: string,
    id: string,
    edit: ConversationEdit,
    expectedVersion: number | null = null,
  ): Promise<ConversationView> {
    const { status, snoozedUntil, addTags, removeTags, customFields, contactId, ...fields } = edit;
    return this.changes.change(
      workspaceId,
      id,
      async (state, now) => {
        const to = statusAskedFor(state.status, status, snoozedUntil);
        await this.attributes.check(workspaceId, 'conversation', customFields && mergedFields({}, customFields));
        await this.assignment.assertAssignable(workspaceId, fields);
        await this.assignment.inbox(workspaceId, fields.inboxId);
        const moved = to ? statusPatch(state, to, moverNow(), now, laterThan(now, snoozedUntil ?? null)) : {};
        const merged = customFields && mergedFields(state.customFields, customFields);
        if (merged) assertBounded(merged);
        return {
          ...fields,
          customFields: merged,
          ...(await this.handedOver(workspaceId, state, contactId)),
          tags: retagged(state.tags, edit),
          ...moved,
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
    const nameOf = (field: string): string => (field === 'snoozed_until' ? 'until' : field);
    return toldAs(nameOf, () =>
      this.edit(workspaceId, id, { status: 'snoozed', snoozedUntil: until }, expectedVersion),
    );
  }

  resolve(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.edit(workspaceId, id, { status: 'resolved' }, expectedVersion);
  }

  close(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.edit(workspaceId, id, { status: 'closed' }, expectedVersion);
  }

  /** Opens a conversation again, whatever it is: resolved, closed, snoozed or pending. */
  open(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.edit(workspaceId, id, { status: 'open' }, expectedVersion);
  }

  /** Ends a snooze; nothing happens to a conversation that is not snoozed. @throws DomainError NOT_FOUND, PRECONDITION_FAILED */
  unsnooze(workspaceId: string, id: string, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.changes.change(
      workspaceId,
      id,
      (state, now) => (state.status === 'snoozed' ? statusPatch(state, 'open', moverNow(), now) : {}),
      expectedVersion,
    );
  }

  /** Sets one field of the workspace's own; null or undefined removes it. @throws DomainError NOT_FOUND, BAD_REQUEST */
  setField(workspaceId: string, id: string, field: string, value: unknown): Promise<ConversationView> {
    return this.edit(workspaceId, id, { customFields: { [field]: value ?? null } });
  }

  /** Adds and removes tags; both may name what is there or not there already. */
  retag(
    workspaceId: string,
    id: string,
    { add, remove }: { add?: readonly string[]; remove?: readonly string[] },
  ): Promise<ConversationView> {
    return this.edit(workspaceId, id, { addTags: add, removeTags: remove });
  }

  /** Whose it is from now on; what the former customer said stays theirs. */
  private async handedOver(
    workspaceId: string,
    state: ConversationState,
    wanted: string | undefined,
  ): Promise<Pick<ConversationPatch, 'contactId'>> {
    if (wanted === undefined || wanted === state.contactId) return {};
    const contact = await this.contacts.resolve(workspaceId, { id: wanted });
    if (contact.id === state.contactId) return {};
    if (contact.blocked) throw blocked(contact.id);
    return { contactId: await this.contacts.noteConversation(workspaceId, contact.id) };
  }
}

/** The status to go to. A time alone moves the end of a snooze; null says no more than another status does. @throws DomainError BAD_REQUEST for a time that goes with no snooze. */
function statusAskedFor(
  present: ConversationStatus,
  status: ConversationStatus | undefined,
  snoozedUntil: string | null | undefined,
): ConversationStatus | undefined {
  const asked = status ?? (present === 'snoozed' && snoozedUntil !== undefined ? 'snoozed' : undefined);
  if (snoozedUntil != null && asked !== 'snoozed')
    throw badRequest({ snoozed_until: ['snoozed_until goes with the status snoozed only'] });
  return asked;
}

function retagged(
  present: readonly string[],
  { tags = present, addTags = [], removeTags = [] }: ConversationEdit,
): string[] {
  const wanted = [...new Set([...tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
  if (wanted.length > MOST_TAGS) throw badRequest({ tags: [`A conversation has at most ${MOST_TAGS} tags`] });
  return wanted;
}

/** Most tags on one conversation. */
export const MOST_TAGS = 50;

function laterThan(now: string, until: string | null): string | null {
  if (until === null) return null;
  const time = new Date(until);
  if (!(time.getTime() > Date.parse(now)))
    throw badRequest({ snoozed_until: ['snoozed_until must lie in the future'] });
  return time.toISOString();
}
