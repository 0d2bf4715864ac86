import { Injectable } from '@nestjs/common';
import { Events } from '@parley/kernel/events';
import type { ConversationState } from '../conversations/conversation.view.js';
import {
  ConversationParticipantAdded,
  ConversationParticipantRemoved,
  type ParticipationReason,
} from '../messaging.events.js';
import { ParticipantsRepository } from './participants.repository.js';

/** A conversation that users follow, and whose it is. */
export type ConversationRef = Pick<ConversationState, 'id' | 'contactId'>;

/** Lets users follow what they take part in; in the caller's unit of work, on a conversation that the caller holds locked. */
@Injectable()
export class ParticipantsWriter {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly events: Events,
  ) {}

  /** Lets the users follow the conversation; gives those who did not before. */
  async add(
    workspaceId: string,
    conversation: ConversationRef,
    userIds: readonly string[],
    reason: ParticipationReason,
    now: string,
  ): Promise<string[]> {
    if (userIds.length === 0) return [];
    const addedIds = await this.participants.add(workspaceId, conversation.id, userIds, now);
    this.emitAdded(conversation, addedIds, () => reason);
    return addedIds;
  }

  /** Tells of users who follow a conversation from now on. */
  emitAdded(
    { id, contactId }: ConversationRef,
    userIds: readonly string[],
    getReason: (userId: string) => ParticipationReason,
  ): void {
    for (const userId of userIds)
      this.events.append(
        new ConversationParticipantAdded(id, { user_id: userId, reason: getReason(userId), contact_id: contactId }),
      );
  }

  /** Takes users out; gives those of them who followed it. */
  async remove(workspaceId: string, { id, contactId }: ConversationRef, userIds: readonly string[]): Promise<string[]> {
    if (userIds.length === 0) return [];
    const removedIds = await this.participants.remove(workspaceId, id, userIds);
    for (const userId of removedIds)
      this.events.append(new ConversationParticipantRemoved(id, { user_id: userId, contact_id: contactId }));
    return removedIds;
  }
}
