import { Injectable } from '@nestjs/common';
import { AttributeChecks, mergedFields } from '@parley/identity';
import { Clock, newId } from '@parley/kernel';
import { ConversationAssignment } from './conversation-assignment.service.js';
import type { ConversationToBegin } from './conversation-intake.service.js';
import type { NewConversation } from './conversations.repository.js';

/** Makes of a wish for a conversation what is written of it. */
@Injectable()
export class ConversationDrafting {
  constructor(
    private readonly assignment: ConversationAssignment,
    private readonly attributes: AttributeChecks,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST for fields that do not hold what they may, UNPROCESSABLE when somebody it refers to is not there. */
  async draft(workspaceId: string, wanted: ConversationToBegin): Promise<Omit<NewConversation, 'contactId'>> {
    const customFields = mergedFields({}, wanted.customFields ?? {});
    await this.attributes.check(workspaceId, 'conversation', customFields);
    await this.assignment.assertAssignable(workspaceId, wanted);
    const inbox = await this.assignment.inbox(workspaceId, wanted.inboxId);
    const {
      subject = null,
      channel = inbox?.channel ?? 'api',
      status = 'open',
      priority = 'normal',
      teamId = inbox?.team?.id ?? null,
      assigneeId = null,
      tags = [],
      externalId = null,
    } = wanted;
    return {
      id: newId(),
      subject,
      channel,
      status,
      priority,
      teamId,
      assigneeId,
      tags: [...new Set(tags)],
      externalId,
      inboxId: inbox?.id ?? null,
      customFields,
      metadata: wanted.metadata ?? {},
      createdAt: this.clock.now().toISOString(),
    };
  }
}
