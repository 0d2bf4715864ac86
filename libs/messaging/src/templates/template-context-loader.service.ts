import { Injectable } from '@nestjs/common';
import { Clock, unprocessableError, unprocessableFieldError } from '@parley/kernel';
import { ContactsService } from '@parley/identity';
import { UsersService, WorkspacesService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { renderTemplate, type TemplateContentType, type TemplateContext } from './templates.js';

/** Loads the data that templates are rendered with. */
@Injectable()
export class TemplateContextLoader {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly contacts: ContactsService,
    private readonly users: UsersService,
    private readonly workspaces: WorkspacesService,
    private readonly clock: Clock,
  ) {}

  /**
   * Loads the data of a conversation, or of its merge target, for a template that the user renders.
   * @throws DomainError UNPROCESSABLE when the conversation does not exist.
   */
  async load(workspaceId: string, conversationId: string, userId: string | null): Promise<TemplateContext> {
    const conversation = await this.conversations.find(workspaceId, conversationId);
    if (!conversation) throw unprocessableFieldError('conversationId', 'No conversation has this ID', conversationId);
    if (conversation.mergedInto !== null) return this.load(workspaceId, conversation.mergedInto, userId);
    const [contact, agent, { timezone }] = await Promise.all([
      this.contacts.find(workspaceId, conversation.contactId),
      userId === null ? null : this.users.find(workspaceId, userId),
      this.workspaces.get(workspaceId),
    ]);
    return { conversation, contact, message: null, agent, event: null, now: this.clock.now(), timezone };
  }
}

/** Renders a template. @throws DomainError UNPROCESSABLE when rendering exceeds its time or size limits. */
export function renderTemplateOrThrow(text: string, type: TemplateContentType, context: TemplateContext): string {
  try {
    return renderTemplate(text, context, type);
  } catch (error) {
    throw unprocessableError('The template cannot be rendered', { reason: (error as Error).message.split('\n')[0] });
  }
}
