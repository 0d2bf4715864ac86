import { Injectable } from '@nestjs/common';
import { assertCustomFieldsSize, ContactResolver, mergeCustomFields, TagNamesService } from '@parley/identity';
import { runAs, type Actor } from '@parley/kernel';
import {
  changedSinceMessage,
  diffBulkFields,
  toSkipped,
  type BulkFieldChanges,
  type BulkOutcome,
} from '@parley/kernel/bulk';
import { InboxAccessService } from '@parley/teams';
import { ConversationActionsService } from '../conversations/conversation-actions.service.js';
import { ConversationAssignmentService } from '../conversations/conversation-assignment.service.js';
import { ConversationUpdater } from '../conversations/conversation-updater.service.js';
import type {
  ConversationPatch,
  ConversationState,
  UpdateConversationInput,
} from '../conversations/conversation.view.js';
import { bulkFieldsOf, planConversationUndo } from './conversation-bulk-undo.js';

/** Updates and restores single conversations of bulk updates, in the caller's unit of work. */
@Injectable()
export class ConversationBulkUpdater {
  constructor(
    private readonly actions: ConversationActionsService,
    private readonly updater: ConversationUpdater,
    private readonly assignment: ConversationAssignmentService,
    private readonly contacts: ContactResolver,
    private readonly tagNames: TagNamesService,
    private readonly inboxAccess: InboxAccessService,
  ) {}

  /** Runs `work` as the actor, who sees the conversations of the same inboxes as in a request. */
  runAs<T>(workspaceId: string, actor: Actor, work: () => Promise<T>): Promise<T> {
    return runAs(actor, () => this.inboxAccess.runWithAccessOf(workspaceId, actor, work));
  }

  /** @throws DomainError as `ConversationActionsService.update`. */
  async update(workspaceId: string, id: string, input: UpdateConversationInput): Promise<BulkOutcome> {
    const { before, after } = await this.actions.updateAndCompare(workspaceId, id, input);
    return { status: 'updated', changes: diffBulkFields(bulkFieldsOf(before), bulkFieldsOf(after)) };
  }

  /**
   * Restores the fields that still have the value of the bulk update, from any status.
   * @throws DomainError UNPROCESSABLE if a previous assignee, team, inbox or contact is no longer valid.
   */
  async restore(workspaceId: string, id: string, changes: BulkFieldChanges): Promise<BulkOutcome> {
    let outcome: BulkOutcome = { status: 'unchanged' };
    try {
      await this.updater.applyUpdate(workspaceId, id, async (state, now) => {
        if (state.mergedInto !== null) {
          const message = 'The conversation was merged into another conversation';
          outcome = { status: 'skipped', reason: 'merged', message };
          return {};
        }
        const { patch, customFields, skippedFields } = planConversationUndo(changes, state, now);
        if (Object.keys({ ...patch, ...customFields }).length > 0) outcome = { status: 'updated', skippedFields };
        else if (skippedFields.length > 0)
          outcome = { status: 'skipped', reason: 'changed', message: changedSinceMessage(skippedFields) };
        return this.completePatch(workspaceId, state, patch, customFields);
      });
    } catch (error) {
      return toSkipped(error);
    }
    return outcome;
  }

  /** Checks the objects that the patch refers to. */
  private async completePatch(
    workspaceId: string,
    state: ConversationState,
    { contactId, tags, ...patch }: ConversationPatch,
    customFields: Readonly<Record<string, unknown>>,
  ): Promise<ConversationPatch> {
    await this.assignment.assertAssignable(workspaceId, patch, state.inboxId);
    const mergedCustomFields =
      Object.keys(customFields).length === 0 ? undefined : mergeCustomFields(state.customFields, customFields);
    if (mergedCustomFields) assertCustomFieldsSize(mergedCustomFields);
    return {
      ...patch,
      ...(await this.assignment.releaseWithoutAccess(workspaceId, state, patch)),
      tags: tags && (await this.tagNames.resolve(workspaceId, tags)),
      contactId: contactId && (await this.contacts.recordConversationStarted(workspaceId, contactId)).id,
      customFields: mergedCustomFields,
    };
  }
}
