import { Injectable } from '@nestjs/common';
import { Clock, unprocessable } from '@parley/kernel';
import { ContactsService } from '@parley/identity';
import { UsersService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { renderTemplate, type PreparedType, type TemplateFacts } from './templates.js';

/** Gathers what prepared texts are rendered from. */
@Injectable()
export class TemplateFactsService {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly contacts: ContactsService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /** The facts of a conversation, or of the one that it was merged into, for a text that this user is about to say. @throws DomainError UNPROCESSABLE when there is no such conversation. */
  async of(workspaceId: string, conversationId: string, userId: string | null): Promise<TemplateFacts> {
    const conversation = await this.conversations.find(workspaceId, conversationId);
    if (!conversation)
      throw unprocessable('There is no conversation with this id', { conversation_id: conversationId });
    if (conversation.mergedInto !== null) return this.of(workspaceId, conversation.mergedInto, userId);
    const [contact, agent] = await Promise.all([
      this.contacts.find(workspaceId, conversation.contactId),
      userId === null ? null : this.users.find(workspaceId, userId),
    ]);
    return { conversation, contact, message: null, agent, event: null, now: this.clock.now() };
  }
}

/** The text with its variables filled in. @throws DomainError UNPROCESSABLE for one that takes too long or too much. */
export function renderPrepared(text: string, type: PreparedType, facts: TemplateFacts): string {
  try {
    return renderTemplate(text, facts, type);
  } catch (error) {
    throw unprocessable('The text cannot be rendered', { reason: (error as Error).message.split('\n')[0] });
  }
}
