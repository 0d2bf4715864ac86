import { Injectable } from '@nestjs/common';
import { AttributeChecks } from '@parley/identity';
import { badRequest } from '@parley/kernel';
import { ConversationAssignment } from './conversation-assignment.service.js';
import { ConversationChanges, moverNow, statusPatch } from './conversation-change.service.js';
import type { ConversationEdit, ConversationView } from './conversation.view.js';

/** Changes conversations. */
@Injectable()
export class ConversationEdits {
  constructor(
    private readonly changes: ConversationChanges,
    private readonly assignment: ConversationAssignment,
    private readonly attributes: AttributeChecks,
  ) {}

  /** @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST, UNPROCESSABLE */
  edit(workspaceId: string, id: string, edit: ConversationEdit, expectedVersion: number | null = null): Promise<ConversationView> {
    const { status, snoozedUntil, addTags, removeTags, ...fields } = edit;
    // With another status, null says no more than the status does.
    const agrees = status === 'snoozed' || snoozedUntil === undefined || (snoozedUntil === null && status !== undefined);
    if (!agrees) throw badRequest({ snoozed_until: ['snoozed_until goes with the status snoozed only'] });
    return this.changes.change(
      workspaceId,
      id,
      async (state, now) => {
        await this.attributes.check(workspaceId, 'conversation', fields.customFields);
        await this.assignment.assertAssignable(workspaceId, fields);
        await this.assignment.inbox(workspaceId, fields.inboxId);
        const moved = status ? statusPatch(state, status, moverNow(), now, laterThan(now, snoozedUntil ?? null)) : {};
        return { ...fields, tags: retagged(state.tags, edit), ...moved };
      },
      expectedVersion,
    );
  }

  /** Puts a conversation aside: until a time, or until the customer writes. @throws DomainError NOT_FOUND, PRECONDITION_FAILED, BAD_REQUEST, UNPROCESSABLE */
  snooze(workspaceId: string, id: string, until: string | null, expectedVersion: number | null = null): Promise<ConversationView> {
    return this.edit(workspaceId, id, { status: 'snoozed', snoozedUntil: until }, expectedVersion);
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
    return this.changes.change(workspaceId, id, (state, now) => (state.status === 'snoozed' ? statusPatch(state, 'open', moverNow(), now) : {}), expectedVersion);
  }

  /** Sets one field of the workspace's own; null or undefined removes it. @throws DomainError NOT_FOUND, BAD_REQUEST */
  async setField(workspaceId: string, id: string, field: string, value: unknown): Promise<ConversationView> {
    if (value != null) await this.attributes.check(workspaceId, 'conversation', { [field]: value });
    return this.changes.change(workspaceId, id, ({ customFields }) => {
      const { [field]: _before, ...others } = customFields;
      return { customFields: value == null ? others : { ...others, [field]: value } };
    });
  }

  /** Adds and removes tags; both may name what is there or not there already. */
  retag(workspaceId: string, id: string, { add, remove }: { add?: readonly string[]; remove?: readonly string[] }): Promise<ConversationView> {
    return this.edit(workspaceId, id, { addTags: add, removeTags: remove });
  }
}

function retagged(present: readonly string[], { tags = present, addTags = [], removeTags = [] }: ConversationEdit): string[] {
  const wanted = [...new Set([...tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
  if (wanted.length > MOST_TAGS) throw badRequest({ tags: [`A conversation has at most ${MOST_TAGS} tags`] });
  return wanted;
}

/** Most tags on one conversation. */
export const MOST_TAGS = 50;

function laterThan(now: string, until: string | null): string | null {
  if (until === null) return null;
  const time = new Date(until);
  if (!(time.getTime() > Date.parse(now))) throw badRequest({ snoozed_until: ['snoozed_until must lie in the future'] });
  return time.toISOString();
}
