import { Injectable } from '@nestjs/common';
import { Events } from '@parley/kernel';
import { ConversationParticipantAdded, type ParticipationReason } from '../messaging.events.js';
import { ParticipantsRepository } from './participants.repository.js';

/** Lets users follow what they take part in; in the caller's unit of work, on a conversation that the caller holds locked. */
@Injectable()
export class Participation {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly events: Events,
  ) {}

  /** Lets the users follow the conversation; gives those who did not before. */
  async join(workspaceId: string, conversationId: string, userIds: readonly string[], reason: ParticipationReason, now: string): Promise<string[]> {
    if (userIds.length === 0) return [];
    const joined = await this.participants.add(workspaceId, conversationId, userIds, now);
    this.tell(conversationId, joined, () => reason);
    return joined;
  }

  /** Tells of users who follow a conversation from now on. */
  tell(conversationId: string, userIds: readonly string[], reasonOf: (userId: string) => ParticipationReason): void {
    for (const userId of userIds) this.events.append(new ConversationParticipantAdded(conversationId, { user_id: userId, reason: reasonOf(userId) }));
  }
}
