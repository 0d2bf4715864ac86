import { Injectable } from '@nestjs/common';
import {
  Clock,
  currentActor,
  DomainError,
  Events,
  newId,
  notFound,
  refusing,
  UnitOfWork,
  unprocessable,
} from '@parley/kernel';
import { blocked, ContactsService } from '@parley/identity';
import { ConversationChanges } from '../conversations/conversation-change.service.js';
import { MessageCreated, NoteCreated } from '../messaging.events.js';
import { MessageDrafting } from './message-drafting.service.js';
import { Participation } from '../participants/participation.service.js';
import { messageEffects, refusal } from './message-effects.js';
import { factsOf } from './message-facts.js';
import type { MessageView, NewMessage } from './message.view.js';
import { MessagesRepository, type Addressed } from './messages.repository.js';

/** Says things in conversations. */
@Injectable()
export class MessageWriting {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly conversations: ConversationChanges,
    private readonly drafting: MessageDrafting,
    private readonly participation: Participation,
    private readonly contacts: ContactsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Says something in a conversation, as whoever acts or whom a program speaks for; a comment is the contact's whoever brings it.
   * @param actorName shown for actors that are no users, such as a rule.
   * @throws DomainError NOT_FOUND, FORBIDDEN for a comment of a blocked contact, UNPROCESSABLE when the conversation is closed or a file or message referred to is not there, CONFLICT for a known external id.
   */
  create(
    workspaceId: string,
    conversationId: string,
    wanted: NewMessage,
    actorName: string | null = null,
  ): Promise<MessageView> {
    return this.unitOfWork.run(async () => {
      const addressed = await this.address(workspaceId, conversationId);
      if (!addressed) throw notFound('Conversation');
      // Sent behind the message, not after it.
      const writing = this.write(workspaceId, addressed, wanted, actorName);
      const seeing = wanted.type === 'comment' ? this.contacts.noteSeen(workspaceId, addressed.state.contactId) : null;
      const [message] = await Promise.all([writing, seeing]);
      return message;
    });
  }

  /** The first message of a conversation that is being made, under an id given out before; in the caller's unit of work. */
  async createFirst(workspaceId: string, conversationId: string, wanted: NewMessage, id: string): Promise<void> {
    await this.write(workspaceId, (await this.address(workspaceId, conversationId))!, wanted, null, {
      id,
      opens: true,
    });
  }

  private address(workspaceId: string, conversationId: string): Promise<Addressed | null> {
    const { kind, id } = currentActor();
    return this.messages.lockConversation(workspaceId, conversationId, kind === 'user' ? id : null);
  }

  private async write(
    workspaceId: string,
    addressed: Addressed,
    wanted: NewMessage,
    actorName: string | null,
    { id, opens = false }: { id: string; opens?: boolean } = { id: newId() },
  ): Promise<MessageView> {
    const { state } = addressed;
    const { type } = wanted;
    const refused = refusal(state, type);
    if (refused) throw unprocessable(refused, { status: state.status });
    if (type === 'comment' && addressed.contactBlocked) throw blocked(state.contactId);
    const known = wanted.externalId ? await this.messages.idOfExternal(workspaceId, wanted.externalId) : null;
    if (known !== null) throw taken(wanted.externalId!, known);
    const draft = await this.drafting.draft(workspaceId, addressed, wanted, actorName);
    const { author } = draft;
    const now = this.clock.now().toISOString();
    const effects = messageEffects(state, type, author, now);
    const followers = [...(author.type === 'user' ? [author.id!] : []), ...draft.mentions];
    const { message, joined } = await this.add(
      workspaceId,
      { ...draft, id, conversationId: state.id, createdAt: now },
      effects,
      followers,
    );
    const facts = { ...factsOf(message, state.contactId), ...(opens && { opens: true as const }) };
    this.events.append(
      type === 'note' ? new NoteCreated(id, { ...facts, mentions: message.mentions }) : new MessageCreated(id, facts),
    );
    this.participation.tell(state, joined, (userId) =>
      userId !== author.id ? 'mentioned' : type === 'note' ? 'noted' : 'replied',
    );
    // A conversation begins with the status that was asked for.
    if (!opens) await this.conversations.apply(workspaceId, state, effects.patch, now);
    return message;
  }

  private add(...args: Parameters<MessagesRepository['add']>): ReturnType<MessagesRepository['add']> {
    return refusing({ messages_external: () => taken(args[1].externalId!) }, () => this.messages.add(...args));
  }
}

/** The refusal of an external id that a message has; its id is not known when it has only just come. */
function taken(externalId: string, id: string | null = null): DomainError {
  return new DomainError('CONFLICT', 'There is a message with this external id already', {
    field: 'external_id',
    external_id: externalId,
    id,
  });
}
