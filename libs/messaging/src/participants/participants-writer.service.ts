import { Injectable } from '@nestjs/common';
import { Events } from '@parley/kernel/events';
import type { ConversationState } from '../conversations/conversation.view.js';
import {
  ConversationParticipantAdded,
  ConversationParticipantRemoved,
  type ParticipationReason,
} from '../messaging.events.js';
import { ParticipantsRepository } from './participants.repository.js';

/** Ids of a conversation and its contact. */
export type ConversationRef = Pick<ConversationState, 'id' | 'contactId'>;

/** Adds and removes participants, in the caller's unit of work. The caller must hold a lock on the conversation. */
@Injectable()
export class ParticipantsWriter {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly events: Events,
  ) {}

  /** Adds participants. Returns the ids of those who were not participants before. */
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

  /** Emits the events of added participants. */
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

  /** Removes participants. Returns the ids of those who were participants. */
  async remove(workspaceId: string, { id, contactId }: ConversationRef, userIds: readonly string[]): Promise<string[]> {
    if (userIds.length === 0) return [];
    const removedIds = await this.participants.remove(workspaceId, id, userIds);
    for (const userId of removedIds)
      this.events.append(new ConversationParticipantRemoved(id, { user_id: userId, contact_id: contactId }));
    return removedIds;
  }
}
