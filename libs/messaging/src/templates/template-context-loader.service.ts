import { Injectable } from '@nestjs/common';
import { Clock, unprocessableError } from '@parley/kernel';
import { ContactsService } from '@parley/identity';
import { UsersService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { renderTemplate, type TemplateContentType, type TemplateContext } from './templates.js';

/** Gathers what prepared texts are rendered from. */
@Injectable()
export class TemplateContextLoader {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly contacts: ContactsService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /** The facts of a conversation, or of the one that it was merged into, for a text that this user is about to say. @throws DomainError UNPROCESSABLE when there is no such conversation. */
  async load(workspaceId: string, conversationId: string, userId: string | null): Promise<TemplateContext> {
    const conversation = await this.conversations.find(workspaceId, conversationId);
    if (!conversation)
      throw unprocessableError('There is no conversation with this id', { conversation_id: conversationId });
    if (conversation.mergedInto !== null) return this.load(workspaceId, conversation.mergedInto, userId);
    const [contact, agent] = await Promise.all([
      this.contacts.find(workspaceId, conversation.contactId),
      userId === null ? null : this.users.find(workspaceId, userId),
    ]);
    return { conversation, contact, message: null, agent, event: null, now: this.clock.now() };
  }
}

/** The text with its variables filled in. @throws DomainError UNPROCESSABLE for one that takes too long or too much. */
export function renderTemplateOrThrow(text: string, type: TemplateContentType, context: TemplateContext): string {
  try {
    return renderTemplate(text, context, type);
  } catch (error) {
    throw unprocessableError('The text cannot be rendered', { reason: (error as Error).message.split('\n')[0] });
  }
}
