import { Injectable } from '@nestjs/common';
import { currentActor, invalidInputError } from '@parley/kernel';
import { LiveSignalsService } from '@parley/kernel/events';
import { UsersService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { defaultAuthor } from '../messages/message-effects.js';

/** Name of the signal. Its data are `on`, `is_note` and `author`. */
export const TYPING_SIGNAL = 'conversation.typing';

/** Content of a typing indicator. */
export interface TypingInput {
  readonly on: boolean;
  readonly isNote: boolean;
  readonly asContact: boolean;
}

/** Sends typing indicators to connected clients. Stores nothing. */
@Injectable()
export class TypingService {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly users: UsersService,
    private readonly signals: LiveSignalsService,
  ) {}

  /** @throws DomainError NOT_FOUND, BAD_REQUEST for a note of the contact. */
  async publish(workspaceId: string, conversationId: string, { on, isNote, asContact }: TypingInput): Promise<void> {
    if (asContact && isNote) throw invalidInputError('isNote', 'is not allowed with as: contact');
    const { contact } = await this.conversations.get(workspaceId, conversationId);
    const actor = currentActor();
    const name =
      actor.kind === 'user' && !asContact ? ((await this.users.find(workspaceId, actor.id!))?.name ?? null) : null;
    const author = defaultAuthor(asContact ? 'comment' : 'reply', actor, contact, name);
    await this.signals.send(workspaceId, TYPING_SIGNAL, conversationId, { on, is_note: isNote, author });
  }
}
