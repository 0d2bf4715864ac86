import { Injectable } from '@nestjs/common';
import { AttributeValidator, mergeCustomFields, TagNamesService } from '@parley/identity';
import { Clock, newId } from '@parley/kernel';
import { ReferencedObjectsService } from '@parley/teams';
import type { CreateConversationInput } from './create-conversation-input.js';
import type { NewConversationRow } from './conversations.repository.js';

/** Builds the row of a new conversation from its input and the defaults of its inbox. */
@Injectable()
export class ConversationBuilder {
  constructor(
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly attributeValidator: AttributeValidator,
    private readonly tagNames: TagNamesService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST for invalid fields, UNPROCESSABLE when a referenced object does not exist. */
  async build(workspaceId: string, input: CreateConversationInput): Promise<Omit<NewConversationRow, 'contactId'>> {
    const customFields = mergeCustomFields({}, input.customFields ?? {});
    await this.attributeValidator.assertValid(workspaceId, 'conversation', customFields);
    const { inbox } = await this.referencedObjects.resolve(
      workspaceId,
      { userId: input.assigneeId, teamId: input.teamId, inboxId: input.inboxId, accessInboxId: input.inboxId },
      { userId: 'assigneeId' },
    );
    const {
      subject = null,
      channel = inbox?.channel ?? 'api',
      status = 'open',
      priority = 'normal',
      teamId = inbox?.teamId ?? null,
      assigneeId = null,
      tags = [],
      externalId = null,
    } = input;
    return {
      id: newId(),
      subject,
      channel,
      status,
      priority,
      teamId,
      assigneeId,
      tags: await this.tagNames.resolve(workspaceId, tags),
      externalId,
      inboxId: inbox?.id ?? null,
      customFields,
      metadata: input.metadata ?? {},
      createdAt: this.clock.now().toISOString(),
    };
  }
}
