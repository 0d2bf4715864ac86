import { Injectable } from '@nestjs/common';
import { Events } from '@parley/kernel';
import type { ConversationState } from '../conversations/conversation.view.js';
import {
  ConversationParticipantAdded,
  ConversationParticipantRemoved,
  type ParticipationReason,
} from '../messaging.events.js';
import { ParticipantsRepository } from './participants.repository.js';

/** A conversation that users follow, and whose it is. */
export type Followed = Pick<ConversationState, 'id' | 'contactId'>;

/** Lets users follow what they take part in; in the caller's unit of work, on a conversation that the caller holds locked. */
@Injectable()
export class Participation {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly events: Events,
  ) {}

  /** Lets the users follow the conversation; gives those who did not before. */
  async join(
    workspaceId: string,
    conversation: Followed,
    userIds: readonly string[],
    reason: ParticipationReason,
    now: string,
  ): Promise<string[]> {
    if (userIds.length === 0) return [];
    const joined = await this.participants.add(workspaceId, conversation.id, userIds, now);
    this.tell(conversation, joined, () => reason);
    return joined;
  }

  /** Tells of users who follow a conversation from now on. */
  tell(
    { id, contactId }: Followed,
    userIds: readonly string[],
    reasonOf: (userId: string) => ParticipationReason,
  ): void {
    for (const userId of userIds)
      this.events.append(
        new ConversationParticipantAdded(id, { user_id: userId, reason: reasonOf(userId), contact_id: contactId }),
      );
  }

  /** Takes users out; gives those of them who followed it. */
  async leave(workspaceId: string, { id, contactId }: Followed, userIds: readonly string[]): Promise<string[]> {
    if (userIds.length === 0) return [];
    const removed = await this.participants.remove(workspaceId, id, userIds);
    for (const userId of removed)
      this.events.append(new ConversationParticipantRemoved(id, { user_id: userId, contact_id: contactId }));
    return removed;
  }
}
