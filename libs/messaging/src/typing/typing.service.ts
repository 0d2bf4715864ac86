import { Injectable } from '@nestjs/common';
import { badRequest, currentActor, LiveSignals } from '@parley/kernel';
import { UsersService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import { authorOf } from '../messages/message-effects.js';

/** Name of the signal; its data are `on`, `is_note` and `author`. */
export const TYPING = 'conversation.typing';

/** What somebody does who is writing. */
export interface Typing {
  readonly on: boolean;
  readonly isNote: boolean;
  readonly asContact: boolean;
}

/** Tells whoever looks on that somebody is writing. Nothing of it is kept. */
@Injectable()
export class TypingService {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly users: UsersService,
    private readonly signals: LiveSignals,
  ) {}

  /** @throws DomainError NOT_FOUND, BAD_REQUEST for a note of the customer's. */
  async tell(workspaceId: string, conversationId: string, { on, isNote, asContact }: Typing): Promise<void> {
    if (asContact && isNote)
      throw badRequest({ is_note: ['is_note does not go with as contact: customers write no notes'] });
    const { contact } = await this.conversations.get(workspaceId, conversationId);
    const actor = currentActor();
    const name =
      actor.kind === 'user' && !asContact ? ((await this.users.find(workspaceId, actor.id!))?.name ?? null) : null;
    const author = authorOf(asContact ? 'comment' : 'reply', actor, contact, name);
    await this.signals.send(workspaceId, TYPING, conversationId, { on, is_note: isNote, author });
  }
}
