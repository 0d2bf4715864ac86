import { Injectable } from '@nestjs/common';
import { AttributeValidator, mergeCustomFields, TagNamesService } from '@parley/identity';
import { Clock, newId } from '@parley/kernel';
import { InboxAccessService, InboxesService, TeamsService, UsersService } from '@parley/teams';
import type { CreateConversationInput } from './create-conversation-input.js';
import type { NewConversationRow } from './conversations.repository.js';

/** Builds the row of a new conversation from its input and the defaults of its inbox. */
@Injectable()
export class ConversationBuilder {
  constructor(
    private readonly users: UsersService,
    private readonly teams: TeamsService,
    private readonly inboxes: InboxesService,
    private readonly inboxAccess: InboxAccessService,
    private readonly attributeValidator: AttributeValidator,
    private readonly tagNames: TagNamesService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError BAD_REQUEST for invalid fields, UNPROCESSABLE when a referenced object does not exist. */
  async build(workspaceId: string, input: CreateConversationInput): Promise<Omit<NewConversationRow, 'contactId'>> {
    const customFields = mergeCustomFields({}, input.customFields ?? {});
    await this.attributeValidator.assertValid(workspaceId, 'conversation', customFields);
    if (input.assigneeId) await this.users.assertActive(workspaceId, input.assigneeId, 'assigneeId');
    if (input.assigneeId)
      await this.inboxAccess.assertAccess(workspaceId, input.inboxId ?? null, input.assigneeId, 'assigneeId');
    if (input.teamId) await this.teams.assertExists(workspaceId, input.teamId);
    const inbox = input.inboxId ? await this.inboxes.getReferenced(workspaceId, input.inboxId) : null;
    const {
      subject = null,
      channel = inbox?.channel ?? 'api',
      status = 'open',
      priority = 'normal',
      teamId = inbox?.team?.id ?? null,
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
