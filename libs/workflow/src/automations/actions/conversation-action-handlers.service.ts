import { Injectable } from '@nestjs/common';
import { AutomationAction, type ActionTarget, type RenderedTemplates } from '@parley/kernel/automation';
import { CUSTOM_FIELD, customFieldId } from '@parley/identity';
import {
  ConversationActionsService,
  MessageCreator,
  PRIORITIES,
  renderTemplate,
  type Priority,
} from '@parley/messaging';
import { TEAM, USER, WorkspacesService } from '@parley/teams';
import {
  tagsSchema,
  idSchema,
  templateSchema,
  tagTarget,
  idTarget,
  keysOf,
  messageOutcome,
  toCustomFieldKey,
  toScalar,
} from './action-declarations.js';

const CONVERSATION = ['conversation'];

/** Actions of rules on conversations, other than on their status. */
@Injectable()
export class ConversationActionHandlersService {
  constructor(
    private readonly conversations: ConversationActionsService,
    private readonly messages: MessageCreator,
    private readonly workspaces: WorkspacesService,
  ) {}

  @AutomationAction('add_tags', {
    description: 'Adds tags.',
    subjects: CONVERSATION,
    effects: ['conversation.tagged'],
    parameters: { tags: tagsSchema('Names of the tags to add. Tags that do not exist are created.') },
    references: { tags: tagTarget },
    outcome: ({ tags }) => ({ lists: { tags: { added: keysOf(tags) } } }),
  })
  addTags({ workspaceId, subject }: ActionTarget, { tags }: { tags: string[] }): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { addTags: tags });
  }

  @AutomationAction('remove_tags', {
    description: 'Removes tags.',
    subjects: CONVERSATION,
    effects: ['conversation.untagged'],
    parameters: {
      tags: tagsSchema('Names of the tags to remove. Names that the conversation does not have are ignored.'),
    },
    references: { tags: tagTarget },
    outcome: ({ tags }) => ({ lists: { tags: { removed: keysOf(tags) } } }),
  })
  removeTags({ workspaceId, subject }: ActionTarget, { tags }: { tags: string[] }): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { removeTags: tags });
  }

  @AutomationAction('set_tags', {
    description: 'Replaces all tags.',
    subjects: CONVERSATION,
    effects: ['conversation.tagged', 'conversation.untagged'],
    parameters: { tags: tagsSchema('All tags from now on. Tags that do not exist are created.', 0) },
    references: { tags: tagTarget },
    outcome: ({ tags }) => ({ lists: { tags: { all: keysOf(tags) } } }),
  })
  setTags({ workspaceId, subject }: ActionTarget, { tags }: { tags: string[] }): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { tags });
  }

  @AutomationAction('assign_user', {
    description: 'Assigns the conversation to a user.',
    subjects: CONVERSATION,
    effects: ['conversation.assigned'],
    parameters: { user_id: idSchema('ID of an active user.') },
    references: { user_id: idTarget(USER) },
    outcome: ({ user_id: id }) => ({ values: { assignee_id: String(id) } }),
  })
  assignUser({ workspaceId, subject }: ActionTarget, { user_id }: { user_id: string }): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { assigneeId: user_id });
  }

  @AutomationAction('assign_team', {
    description: 'Assigns the conversation to a team.',
    subjects: CONVERSATION,
    effects: ['conversation.team_assigned'],
    parameters: { team_id: idSchema('ID of a team.') },
    references: { team_id: idTarget(TEAM) },
    outcome: ({ team_id: id }) => ({ values: { team_id: String(id) } }),
  })
  assignTeam({ workspaceId, subject }: ActionTarget, { team_id }: { team_id: string }): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { teamId: team_id });
  }

  @AutomationAction('unassign', {
    description: 'Removes the assigned user.',
    subjects: CONVERSATION,
    effects: ['conversation.unassigned'],
    outcome: () => ({ values: { assignee_id: null } }),
  })
  unassign({ workspaceId, subject }: ActionTarget): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { assigneeId: null });
  }

  @AutomationAction('set_priority', {
    description: 'Sets the priority.',
    subjects: CONVERSATION,
    effects: ['conversation.priority_changed'],
    parameters: { priority: { type: 'string', enum: PRIORITIES, description: 'New priority.' } },
    outcome: ({ priority }) => ({ values: { priority: String(priority) } }),
  })
  setPriority({ workspaceId, subject }: ActionTarget, { priority }: { priority: Priority }): Promise<unknown> {
    return this.conversations.applyUpdate(workspaceId, subject.id, { priority });
  }

  @AutomationAction('set_field', {
    description: 'Sets a custom field of the conversation; `null` removes it.',
    subjects: CONVERSATION,
    effects: ['conversation.updated'],
    parameters: {
      field: {
        type: 'string',
        minLength: 1,
        maxLength: 100,
        pattern: '^(?!(?:(?:conversation\\.)?custom_fields\\.)?(?:__proto__|constructor|prototype)$)[A-Za-z0-9_.-]+$',
        description: 'Key of the custom field. The prefix `custom_fields.`, which filters use, is ignored.',
      },
      value: { type: ['string', 'number', 'boolean', 'null'], maxLength: 5000, description: 'New value.' },
    },
    outcome: ({ field, value }) => ({ values: { [`custom_fields.${toCustomFieldKey(field)}`]: toScalar(value) } }),
    references: {
      field: (field) => ({ type: CUSTOM_FIELD, id: customFieldId('conversation', toCustomFieldKey(field)) }),
    },
  })
  setField(
    { workspaceId, subject }: ActionTarget,
    { field, value }: { field: string; value: unknown },
  ): Promise<unknown> {
    const customFields = { [toCustomFieldKey(field)]: value ?? null };
    return this.conversations.applyUpdate(workspaceId, subject.id, { customFields });
  }

  @AutomationAction('add_note', {
    description: 'Adds a note.',
    subjects: CONVERSATION,
    effects: ['note.created'],
    outcome: () => messageOutcome('note'),
    parameters: { body: templateSchema('Text of the note. Liquid template.') },
    templateParameters: ['body'],
  })
  addNote(target: ActionTarget, { body }: { body: string }): Promise<RenderedTemplates> {
    return this.addMessage(target, 'note', body);
  }

  @AutomationAction('send_reply', {
    description: 'Sends a reply to the customer.',
    subjects: CONVERSATION,
    effects: ['message.created'],
    outcome: () => messageOutcome('reply'),
    parameters: { body: templateSchema('Text of the reply. Liquid template.') },
    templateParameters: ['body'],
  })
  sendReply(target: ActionTarget, { body }: { body: string }): Promise<RenderedTemplates> {
    return this.addMessage(target, 'reply', body);
  }

  private async addMessage(
    { workspaceId, subject, authorName, variables }: ActionTarget,
    type: 'note' | 'reply',
    template: string,
  ): Promise<RenderedTemplates> {
    const { timezone } = await this.workspaces.get(workspaceId);
    const body = renderTemplate(template, { ...variables, timezone } as Parameters<typeof renderTemplate>[1]);
    await this.messages.create(workspaceId, subject.id, { type, body }, authorName);
    return { rendered: { body } };
  }
}
