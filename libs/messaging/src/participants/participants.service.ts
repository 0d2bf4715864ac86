import { Injectable } from '@nestjs/common';
import { Clock, notFoundError } from '@parley/kernel';
import { UnitOfWork } from '@parley/kernel/database';
import type { Page, PageRequest, TimeRange } from '@parley/kernel/pagination';
import { ReferencedObjectsService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import type { ParticipantView } from './participant.view.js';
import { ParticipantsRepository } from './participants.repository.js';
import { ParticipantsWriter } from './participants-writer.service.js';

/** Participants of conversations. */
@Injectable()
export class ParticipantsService {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly writer: ParticipantsWriter,
    private readonly conversations: ConversationsService,
    private readonly referencedObjects: ReferencedObjectsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async list(
    workspaceId: string,
    conversationId: string,
    timeRange: TimeRange,
    request: PageRequest,
  ): Promise<Page<ParticipantView>> {
    await this.conversations.get(workspaceId, conversationId);
    return this.participants.list(workspaceId, conversationId, timeRange, request);
  }

  /**
   * Adds a participant; idempotent.
   * @throws DomainError NOT_FOUND, UNPROCESSABLE for a user who is not an active member or cannot see the conversation.
   */
  add(workspaceId: string, conversationId: string, userId: string): Promise<ParticipantView> {
    return this.unitOfWork.run(async () => {
      const conversation = await this.conversations.get(workspaceId, conversationId);
      await this.referencedObjects.resolve(workspaceId, { userId, accessInboxId: conversation.inboxId });
      await this.writer.add(workspaceId, conversation, [userId], 'added', this.clock.now().toISOString());
      return (await this.participants.find(workspaceId, conversationId, userId))!;
    });
  }

  /** Removes a participant. The user is added again when they next take part. @throws DomainError NOT_FOUND */
  remove(workspaceId: string, conversationId: string, userId: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const conversation = await this.conversations.get(workspaceId, conversationId);
      const removedIds = await this.writer.remove(workspaceId, conversation, [userId]);
      if (removedIds.length === 0) throw notFoundError('Participant');
    });
  }
}
